# A relay in a container: see compose.yaml
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /palabre
COPY . .
# The second one where the lock file does not name every package of this machine.
RUN install="--omit=dev --ignore-scripts --workspace=sdk --workspace=kernel --workspace=plugins --workspace=host-cli" \
 && (npm ci $install || npm install --no-save $install) \
 && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src host-web host-desktop test

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Palabre relay" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=packages /palabre /palabre
COPY <<SETTINGS /etc/palabre/plugins.json
{
  "plugins": {
    "transport-tcp": { "config": { "listen": ["/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"] } },
    "transport-websocket": { "config": { "listen": ["/ip4/0.0.0.0/tcp/4002/ws"] } },
    "signal-server": { "config": { "port": 4003 } }
  }
}
SETTINGS
RUN install -d -o node -g node -m 0700 /var/lib/palabre
# Less memory, and a quicker start: no more of either heap than it needs, and what was compiled once.
ENV NODE_ENV=production PALABRE_PROFILE_DIR=/var/lib/palabre NODE_OPTIONS=--max-semi-space-size=1 MALLOC_ARENA_MAX=1 NODE_COMPILE_CACHE=/palabre/.compiled
# It must come up and end in good order, or there is no image.
RUN cd /palabre && timeout --preserve-status -s TERM 20 node host-cli/palabre.ts relay --profile-dir /tmp/once && rm -r /tmp/once
USER node
WORKDIR /palabre
VOLUME /var/lib/palabre
EXPOSE 4001/tcp 4002/tcp 4003/tcp 3478/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["node", "host-cli/palabre.ts", "relay", "health"]
ENTRYPOINT ["node", "host-cli/palabre.ts"]
CMD ["relay", "--plugins", "/etc/palabre/plugins.json"]
