using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// Fetches one address of the web into a temporary file. Every connection, of redirects too, passes <see cref="GuardedConnections"/>; size, time and
/// headers are bounded whatever the server does; nothing is sent along that says who asks, or where an address was found.
/// </summary>
internal sealed class WebFetcher(IHttpClientFactory http, IOptions<KnowledgeFetchingOptions> options, HostPace pace, SaveBody save, TimeProvider time)
{
    /// <summary>The client whose handler is <see cref="GuardedConnections.CreateHandler"/>; any other would not be guarded.</summary>
    public const string ClientName = "Evenkeel.Knowledge.Fetching";

    private const int MostRedirects = 5;

    /// <summary>Fetches a page. Throws <see cref="FetchFailedException"/>.</summary>
    public Task<FetchedPage> FetchAsync(Uri address, FetchConditions known, CancellationToken cancellationToken) =>
        FetchAsync(new FetchRequest(address) { KnownAt = _ => known }, cancellationToken);

    /// <summary>The same with more to say about it.</summary>
    public async Task<FetchedPage> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var address = WebAddress.Require(request.Address);
        if (request.BeforeRequest is { } before)
        {
            await before(address, cancellationToken);
        }

        await pace.WaitAsync(address, request.Pace, cancellationToken);
        using var deadline = new FetchDeadline(options.Value.Timeout, time, cancellationToken);
        try
        {
            return await FollowAsync(request, address, deadline, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failure(exception, deadline);
        }
    }

    private async Task<FetchedPage> FollowAsync(FetchRequest request, Uri start, FetchDeadline deadline, CancellationToken cancellationToken)
    {
        var address = start;
        for (var redirects = 0; ; redirects++)
        {
            var known = request.KnownAt?.Invoke(address) ?? FetchConditions.None;
            using var message = Message(address, known);
            using var response = await http.CreateClient(ClientName).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            deadline.HeardSomething();
            if (Redirect.Of(response, address) is not { } next)
            {
                return IsNotModified(response, known) ? NotModified(response, address, known) : await ReadAsync(request, address, response, deadline);
            }

            if (redirects == MostRedirects)
            {
                throw new FetchFailedException(KnowledgeReasons.TooManyRedirects);
            }

            if (request.Follows?.Invoke(next) == false)
            {
                return new FetchedPage { Address = address, Status = (int)response.StatusCode, LeadsTo = next };
            }

            address = next;
            if (request.BeforeRequest is { } before)
            {
                deadline.ExpectNothing();
                await before(address, cancellationToken);
                deadline.HeardSomething();
            }
        }
    }

    private static HttpRequestMessage Message(Uri address, FetchConditions known)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue(FetchingAgent.Name, FetchingAgent.Version));
        message.Headers.Accept.ParseAdd(PageType.Accept);
        if (known.ETag is not null)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", known.ETag);
        }

        if (known.LastModified is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Modified-Since", known.LastModified);
        }

        return message;
    }

    private async Task<FetchedPage> ReadAsync(FetchRequest request, Uri address, HttpResponseMessage response, FetchDeadline deadline)
    {
        ResponseFacts.RequireContent(response, time.GetUtcNow());
        var page = ResponseFacts.Of(response, address);
        if (request.Accepts?.Invoke(page.MediaType, address) == false)
        {
            throw new FetchFailedException(KnowledgeReasons.UnsupportedType);
        }

        var most = request.MaxBytes ?? options.Value.MaxBytes;
        if (!request.CutsShort && response.Content.Headers.ContentLength > most)
        {
            throw new FetchFailedException(KnowledgeReasons.TooLarge);
        }

        await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        var (path, bytes, hash) = await save.SaveAsync(body, most, request.CutsShort, deadline);
        return page with { Path = path, Bytes = bytes, Hash = hash };
    }

    private static bool IsNotModified(HttpResponseMessage response, FetchConditions known) =>
        response.StatusCode == HttpStatusCode.NotModified && known.HasAny;

    private static FetchedPage NotModified(HttpResponseMessage response, Uri address, FetchConditions known)
    {
        var page = ResponseFacts.Of(response, address);
        return page with { IsNotModified = true, ETag = page.ETag ?? known.ETag, LastModified = page.LastModified ?? known.LastModified };
    }

    private static FetchFailedException Failure(Exception exception, FetchDeadline deadline)
    {
        if (deadline.IsOver)
        {
            return new FetchFailedException(KnowledgeReasons.TimeLimit, isTransient: true, inner: exception);
        }

        // What the guard refused comes out of the handler wrapped up.
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is ForbiddenAddressException)
            {
                return new FetchFailedException(KnowledgeReasons.ForbiddenAddress, inner: exception);
            }

            if (inner is FetchFailedException refused)
            {
                return refused;
            }
        }

        return exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse }
            ? new FetchFailedException(KnowledgeReasons.HttpError, inner: exception)
            : new FetchFailedException(KnowledgeReasons.Unreachable, isTransient: true, inner: exception);
    }
}
