using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>How a request went.</summary>
/// <param name="HttpStatus">What was answered; null = nothing.</param>
/// <param name="Error">Why it failed, a code; null = it was taken.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct SendOutcome(int? HttpStatus, string? Error, TimeSpan Duration)
{
    public bool IsTaken => Error is null;

    /// <summary>The receiver says that nobody wants this any more.</summary>
    public bool IsGone => HttpStatus == 410;
}

/// <summary>Sends one signed request. Redirects are not followed, and what is answered is not read: its status is all that counts.</summary>
internal sealed class SendRequest(IHttpClientFactory http, IOptions<WebhookOptions> options, TimeProvider time)
{
    /// <summary>The client whose connections are guarded.</summary>
    public const string ClientName = "Evenkeel.Timeline.Webhooks";

    /// <summary>Sends; a refusal or failure is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async Task<SendOutcome> RunAsync(WebhookTarget target, Guid id, byte[] body, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(target, id, body);
            using var response = await http.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return new SendOutcome(status, response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"http_{status}"), time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(null, "timeout", time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException)
        {
            return new SendOutcome(null, Describe(exception), time.GetElapsedTime(started));
        }
    }

    private HttpRequestMessage Request(WebhookTarget target, Guid id, byte[] body)
    {
        var now = time.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Evenkeel", "1"));
        request.Headers.Add("webhook-id", id.ToString());
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(target.Secrets(now), id, timestamp, body));
        return request;
    }

    private static string Describe(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is ForbiddenAddressException)
            {
                return "forbidden_address";
            }
        }

        return exception is HttpRequestException { HttpRequestError: var error } && error != HttpRequestError.Unknown
            ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(error.ToString())
            : "connection_error";
    }
}
