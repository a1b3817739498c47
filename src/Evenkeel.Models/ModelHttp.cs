using System.Net;

namespace Evenkeel.Models;

internal static class ModelHttp
{
    public const string ClientName = "Evenkeel.Models";
}

/// <summary>
/// Turns refusals into <see cref="ModelException"/> before a vendor's library sees them: one mapping for all of them, with
/// Retry-After, and without ever reading the provider's text.
/// </summary>
internal sealed class ModelResponseHandler(TimeProvider clock) : DelegatingHandler
{
    /// <summary>Nobody can wait for longer, and a provider that names a day is more likely to be wrong than to be away until then.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ModelException(ModelFailureKind.Unavailable, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(ModelFailureKind.Unavailable, exception); // ConnectTimeout
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            throw new ModelException(Classify(response.StatusCode))
            {
                HttpStatus = (int)response.StatusCode,
                RetryAfter = ReadRetryAfter(response),
            };
        }
    }

    private static ModelFailureKind Classify(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => ModelFailureKind.RateLimited,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => ModelFailureKind.Timeout,
        >= HttpStatusCode.InternalServerError => ModelFailureKind.Unavailable,
        _ => ModelFailureKind.Rejected,
    };

    private TimeSpan? ReadRetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }
}
