# One image for every deployable: the command says which one runs (node dist/apps/<app>/main.js).
FROM node:20.19.5-bookworm-slim AS build
WORKDIR /app
ENV NX_DAEMON=false NX_TUI=false
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx nx run-many --targets=build --output-style=static
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:20.19.5-bookworm-slim
ENV NODE_ENV=production HEALTH_URL=http://127.0.0.1:3000/health
WORKDIR /app
# A new volume takes over the owner of the folder that it covers.
RUN install --directory --owner=node --group=node /data/storage /data/keys /data/public-keys
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/tools/container ./tools/container
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=6 CMD ["node", "tools/container/health.mjs"]
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/apps/all-in-one/main.js"]
