# One image for every role: the arguments of a container say which.
# Exactly this SDK: packages that it brings by itself stand in the lock files.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src ./src
RUN dotnet restore src/DreamPlatform.Web --use-current-runtime --locked-mode
RUN dotnet publish src/DreamPlatform.Web --configuration Release --use-current-runtime --no-self-contained --no-restore --output /app
# It is mounted empty as a rule, and belongs to who runs then too.
RUN mkdir -p /volumes/data

# "extra" has ICU, for Chinese amounts and dates. There is no shell and no package manager in it.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /volumes/data /data
USER 1654
WORKDIR /app
# Only /data and /tmp are written to: docker run --read-only --tmpfs /tmp --volume data:/data
VOLUME ["/data", "/tmp"]
EXPOSE 8080
ENTRYPOINT ["dotnet", "DreamPlatform.Web.dll"]
CMD ["--data", "/data/platform", "--urls", "http://+:8080"]
