using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Evenkeel.Contracts.Frames;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly Guid _turn = Guid.CreateVersion7();
    private readonly Guid _cid = Guid.CreateVersion7();
    private readonly HttpClient _http = new();
    private RealtimeServer _server = null!;
    private Guid _thread;

    public async ValueTask InitializeAsync()
    {
        _server = await RealtimeServer.StartAsync();
        _thread = _server.Threads.NewThread(_server.People.Owner.OrganizationId);
        _http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_carries_the_same_frames_as_a_socket_and_numbers_the_durable_ones()
    {
        _server.Threads.Commit(_thread, _turn, "question", "user");
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = _turn, Cid = _cid });
        await using var socket = await _server.ConnectAsync(_thread, afterSeq: 0);
        using var stream = await OpenAsync($"?after_seq=0&token={_server.People.Ticket()}");
        (await stream.ReadAsync()).Data.Text("event").ShouldBe("connected");
        (await stream.ReadAsync()).Id.ShouldBe("1");
        // The state of the turn is the last of the snapshot: whoever has it is live.
        (await stream.ReadAsync()).Data.Text("event").ShouldBe("queued");
        await socket.ReadAsync("queued");
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn, Cid = _cid });
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "line 1\nline 2 \"é\"");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "line 1\nline 2 \"é\""), 2);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);

        for (var count = 0; count < 4; count++)
        {
            var (id, data) = await stream.ReadAsync();
            data.GetRawText().ShouldBe((await socket.ReadAsync())!.Value.GetRawText());
            id.ShouldBe(count == 2 ? "2" : null);
        }
    }

    [Fact]
    public async Task The_last_event_id_wins_over_the_url_of_the_first_request()
    {
        for (var number = 1; number <= 5; number++)
        {
            _server.Threads.Commit(_thread, Guid.CreateVersion7(), $"m{number}");
        }

        using var stream = await OpenAsync("?after_seq=1", request => request.Headers.Add("Last-Event-ID", "4"));
        (await stream.ReadAsync()).Data.GetProperty("recovered").GetBoolean().ShouldBeTrue();

        (await stream.ReadAsync()).Data.Number("seq").ShouldBe(5);
    }

    [Fact]
    public async Task Headers_keep_proxies_from_holding_the_stream_back()
    {
        using var stream = await OpenAsync("");

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
    }

    [Fact]
    public async Task A_stream_ends_with_an_error_event_when_its_token_runs_out()
    {
        using var stream = await OpenAsync($"?token={_server.People.Token(lifetime: TimeSpan.FromSeconds(30))}", request => request.Headers.Authorization = null);
        await stream.ReadAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(32));

        (await stream.ReadAsync()).Data.Type().ShouldBe("ping");
        var (_, last) = await stream.ReadAsync();
        (last.Number("code"), last.Text("error_code")).ShouldBe((4401, "token_expired"));
        (await stream.IsAtEndAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized, "auth_required")]
    [InlineData("?token=a.b.c", HttpStatusCode.Unauthorized, "token_invalid")]
    [InlineData("?after_seq=x", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task Refusals_are_ordinary_http_errors(string query, HttpStatusCode status, string code)
    {
        using var response = await _http.GetAsync($"/api/v1/chat/{_thread}/stream{query}", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.Text("error_code").ShouldBe(code);
    }

    [Fact]
    public async Task A_foreign_thread_is_not_found()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/chat/{_server.Threads.NewThread(Guid.CreateVersion7())}/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.People.Token());
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_stream_of_one_turn_has_its_frames_only_and_ends_with_idle()
    {
        var other = Guid.CreateVersion7();
        _server.Threads.Commit(_thread, other, "before");
        _server.Threads.Commit(_thread, _turn, "question", "user");
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = _turn });
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = other });
        using var stream = new StreamClient(await _http.GetAsync($"/turn/{_thread}/{_turn}?after=0", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
        (await stream.ReadAsync()).Data.Text("event").ShouldBe("connected");
        (await stream.ReadAsync()).Data.Text("text").ShouldBe("question");
        (await stream.ReadAsync()).Data.Text("event").ShouldBe("queued");
        _server.Broadcast.Delta(_thread, other, _cid, 1, "model", "other");
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "answer");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "answer"), 3);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);

        (await stream.ReadAsync()).Data.Text("token").ShouldBe("answer");
        (await stream.ReadAsync()).Data.Text("text").ShouldBe("answer");
        (await stream.ReadAsync()).Data.Text("event").ShouldBe("idle");
        (await stream.IsAtEndAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_stream_of_a_turn_that_is_over_ends_too()
    {
        _server.Threads.Commit(_thread, _turn, "question", "user");
        _server.Threads.Commit(_thread, _turn, "answer");
        using var stream = new StreamClient(await _http.GetAsync($"/turn/{_thread}/{_turn}?after=0", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
        for (var count = 0; count < 3; count++)
        {
            await stream.ReadAsync();
        }

        (await stream.ReadAsync()).Data.Text("event").ShouldBe("idle");
        (await stream.IsAtEndAsync()).ShouldBeTrue();
    }

    private async Task<StreamClient> OpenAsync(string query, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/chat/{_thread}/stream{query}");
        if (!query.Contains("token=", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.People.Token());
        }

        change?.Invoke(request);
        return new StreamClient(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
    }
}

/// <summary>Reads server-sent events one at a time.</summary>
internal sealed class StreamClient(HttpResponseMessage response) : IDisposable
{
    private readonly StreamReader _reader = new(response.EnsureSuccessStatusCode().Content.ReadAsStream());

    public HttpResponseMessage Response => response;

    public async Task<(string? Id, JsonElement Data)> ReadAsync()
    {
        string? id = null;
        while (true)
        {
            var line = await _reader.ReadLineAsync().WaitAsync(SocketClient.Patience) ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, JsonDocument.Parse(line[6..]).RootElement);
            }
        }
    }

    public async Task<bool> IsAtEndAsync() =>
        string.IsNullOrEmpty(await _reader.ReadLineAsync().WaitAsync(SocketClient.Patience))
        && await _reader.ReadLineAsync().WaitAsync(SocketClient.Patience) is null;

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }
}
