using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Faults.Processes;

namespace Evenkeel.Faults.Clients;

/// <summary>
/// Somebody who uses the server as a good client does: an unanswered or refused request that may be repeated is made again, after a wait, at
/// another address if there is one; an expired token is replaced by signing in.
/// </summary>
public sealed class Person : IDisposable
{
    private const string Password = "a long enough secret";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(800);
    private static int _count;

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(4) };
    private readonly IReadOnlyList<Node> _servers;
    private readonly string _email = $"person{Interlocked.Increment(ref _count)}-{Guid.NewGuid():N}@example.org";
    private volatile string _token = "";

    private Person(IReadOnlyList<Node> servers) => _servers = servers;

    /// <summary>For addresses of sockets.</summary>
    public string Token => _token;

    public Guid Id { get; private set; }

    /// <summary>Signs somebody new up.</summary>
    /// <param name="servers">Where the server answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Person> RegisterAsync(IReadOnlyList<Node> servers, CancellationToken cancellationToken)
    {
        var person = new Person(servers);
        var body = new RegisterRequest { Email = person._email, Password = Password, Locale = "en" };
        // The first request of a new process on a busy machine takes its time, and must not be made twice.
        using var patient = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        using var response = await patient.PostAsJsonAsync(new Uri(servers[0].Address, "/auth/register"), body, Wire.Json, cancellationToken);
        await person.SignedInAsync(response, cancellationToken);
        return person;
    }

    /// <summary>Signs in again.</summary>
    public async Task SignInAsync(Uri server, CancellationToken cancellationToken)
    {
        var body = new LoginRequest { Email = _email, Password = Password };
        using var response = await _http.PostAsJsonAsync(new Uri(server, "/auth/login"), body, Wire.Json, cancellationToken);
        await SignedInAsync(response, cancellationToken);
    }

    /// <summary>Asks until there is an answer that counts: a success, or a refusal that repeating does not change.</summary>
    /// <param name="first">Which server is asked first.</param>
    /// <param name="newRequest">Given the path's server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HttpResponseMessage> RequestAsync(int first, Func<Uri, HttpRequestMessage> newRequest, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var turn = first; ; turn++)
        {
            var server = _servers[turn % _servers.Count].Address;
            try
            {
                using var request = newRequest(server);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
                var response = await _http.SendAsync(request, cancellationToken);
                if (response.StatusCode < HttpStatusCode.InternalServerError && response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests))
                {
                    return response;
                }

                response.Dispose();
                if (response.StatusCode == HttpStatusCode.Unauthorized)
                {
                    await SignInAsync(server, cancellationToken);
                }
            }
            catch (Exception exception) when (IsWorthAnotherTry(exception) && !cancellationToken.IsCancellationRequested)
            {
                // Nobody answered, or the answer was cut off: whether the request was heard is not known.
            }

            await Task.Delay(wait, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>Reads something.</summary>
    public async Task<T> GetAsync<T>(int first, string path, CancellationToken cancellationToken)
    {
        using var response = await RequestAsync(first, server => new HttpRequestMessage(HttpMethod.Get, new Uri(server, path)), cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<T>(Wire.Json, cancellationToken))!;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsWorthAnotherTry(Exception exception) => exception is HttpRequestException or OperationCanceledException or IOException;

    private async Task SignedInAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        var signedIn = (await response.Content.ReadFromJsonAsync<SignedInResponse>(Wire.Json, cancellationToken))!;
        (_token, Id) = (signedIn.AccessToken, signedIn.User.Id);
    }
}
