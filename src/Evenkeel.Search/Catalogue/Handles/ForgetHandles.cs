using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Catalogue.Handles;

/// <summary>Removes results whose hour is over.</summary>
internal sealed class ForgetHandles(SearchHandles handles, TimeProvider time, ILogger<ForgetHandles> logger) : BackgroundLoop(time, logger, TimeSpan.FromMinutes(5))
{
    private const int MostAtOnce = 1_000;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken) =>
        await handles.ForgetExpiredAsync(DataScope.System, MostAtOnce, cancellationToken) == MostAtOnce;
}
