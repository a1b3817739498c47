using Evenkeel.Platform.Health;

namespace Evenkeel.Host.Server.Parts;

/// <summary>Whether the web application is there to be served.</summary>
internal sealed class PagesHealth(IConfiguration configuration) : IHealthContributor
{
    // Found once: a folder that vanishes later must not be taken for one that was never built.
    private readonly string? _atStart = WebPages.Locate(EvenkeelServer.Options(configuration).WebDirectory);

    /// <inheritdoc/>
    public string Name => "web_pages";

    /// <inheritdoc/>
    public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthCheck>>(EvenkeelServer.Options(configuration).IsWeb ? [Look()] : []);

    private HealthCheck Look()
    {
        var setting = EvenkeelServer.Options(configuration).WebDirectory;
        return _atStart is { } folder && WebPages.Locate(folder) is not null ? HealthCheck.Ok(Name, folder)
            : _atStart is not null ? HealthCheck.Degraded(Name, $"{_atStart} has no index.html any more", "Build the pages again (./run, or npm ci and npm run build in web), then restart the server.")
            : setting.Length > 0 ? HealthCheck.Degraded(Name, $"{setting} has no index.html", "Point WebDirectory to the built pages, or leave it empty to have them found.")
            : HealthCheck.Ok(Name, "not built; the API works without them", "For the pages run ./run once, or npm ci and npm run build in web.");
    }
}
