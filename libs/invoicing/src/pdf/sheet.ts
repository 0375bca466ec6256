import PDFDocument from 'pdfkit';
import { printable } from '../domain/bill-text';

export const ink = {
  dark: '#14213d',
  text: '#2b2f38',
  muted: '#6b7280',
  rule: '#d9dde5',
  tint: '#f3f5f9',
  accent: '#0f766e',
} as const;

const margin = 48;
const footerHeight = 46;

interface TextStyle {
  size?: number;
  bold?: boolean;
  color?: string;
  align?: 'left' | 'right';
}

/** A PDF page by page: a pen position, room checks, and text in a box. Same content, same bytes. */
export class Sheet {
  readonly left = margin;
  readonly right: number;
  readonly bottom: number;
  y = margin;
  private readonly pdf: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];

  constructor(format: 'A4' | 'LETTER', title: string, createdAt: Date) {
    const info = {
      Title: printable(title),
      CreationDate: createdAt,
      Producer: 'Tollkeeper',
      Creator: 'Tollkeeper',
    };
    this.pdf = new PDFDocument({ size: format, margin: 0, bufferPages: true, info, lang: 'en' });
    this.pdf.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.right = this.pdf.page.width - margin;
    this.bottom = this.pdf.page.height - margin - footerHeight;
  }

  get width(): number {
    return this.right - this.left;
  }

  /** Begins a page when fewer than `height` points are left; true when it did. */
  room(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.pdf.addPage();
    this.y = margin;
    return true;
  }

  text(content: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    this.use(style);
    const shown = printable(content);
    this.pdf.text(shown, x, y, { width, align: style.align ?? 'left', lineGap: 1.5 });
    return this.pdf.heightOfString(shown, { width, lineGap: 1.5 });
  }

  heightOf(content: string, width: number, style: TextStyle = {}): number {
    this.use(style);
    return this.pdf.heightOfString(printable(content), { width, lineGap: 1.5 });
  }

  rule(y: number, color: string = ink.rule, thickness = 0.7): void {
    this.pdf.moveTo(this.left, y).lineTo(this.right, y).lineWidth(thickness).strokeColor(color).stroke();
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.pdf.roundedRect(x, y, width, height, 4).fill(color);
  }

  /** Footers need the number of pages, so they come last. */
  async finish(footer: string): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(page);
      const y = this.pdf.page.height - margin - 24;
      this.rule(y - 8);
      this.text(footer, this.left, y, this.width - 90, { size: 7.5, color: ink.muted });
      this.text(`Page ${page + 1} of ${count}`, this.right - 80, y, 80, {
        size: 7.5,
        color: ink.muted,
        align: 'right',
      });
    }
    const done = new Promise<void>((resolve, reject) => this.pdf.once('end', resolve).once('error', reject));
    this.pdf.end();
    await done;
    return Buffer.concat(this.chunks);
  }

  private use({ size = 9, bold = false, color = ink.text }: TextStyle): void {
    this.pdf
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(color);
  }
}
