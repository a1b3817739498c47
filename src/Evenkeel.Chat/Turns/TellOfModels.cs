using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Writes down, whenever it changes, how the model endpoints are for this worker: breakers live in the processes that call, and administrators
/// ask one that may not.
/// </summary>
internal sealed class TellOfModels(
    Database database, WorkerIdentity identity, IModelEndpoints endpoints, TimeProvider time, ILogger<TellOfModels> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(1))
{
    private (Guid Worker, string Endpoints) _told;

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = (Worker: identity.Id, Endpoints: JsonSerializer.Serialize(endpoints.All, Wire.Json));
        if (now.Worker == Guid.Empty || now == _told)
        {
            return false;
        }

        await database.ExecuteAsync(
            DataScope.System, "UPDATE workers SET model_endpoints = @Endpoints::jsonb WHERE id = @Worker", new { now.Worker, now.Endpoints }, cancellationToken);
        _told = now;
        return false;
    }
}
