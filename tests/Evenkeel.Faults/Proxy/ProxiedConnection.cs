using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Evenkeel.Faults.Proxy;

/// <summary>One client's connection and the one to PostgreSQL that stands for it.</summary>
internal sealed class ProxiedConnection(PostgresProxy proxy, Socket client, Socket server) : IAsyncDisposable
{
    private const int EncryptionRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;

    private readonly NetworkStream _client = new(client, ownsSocket: true);
    private readonly NetworkStream _server = new(server, ownsSocket: false);
    private readonly Dictionary<string, string> _prepared = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<CallUnderWay> _underWay = new();
    private volatile bool _isInTransaction;

    /// <summary>Until either side ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reader = new MessageReader(_client);
        if (await StartAsync(reader, cancellationToken))
        {
            await await Task.WhenAny(ForwardRequestsAsync(reader, cancellationToken), ForwardAnswersAsync(cancellationToken));
        }
    }

    /// <summary>Breaks the connection on both sides without a word.</summary>
    public void Cut()
    {
        client.Close(0);
        server.Dispose();
    }

    /// <summary>As <see cref="Cut"/>, but what was sent arrives: a reset can overtake it.</summary>
    private void CutBehindWhatWasSent()
    {
        client.Shutdown(SocketShutdown.Both);
        client.Close();
        server.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        server.Dispose();
    }

    /// <returns>False when nothing follows.</returns>
    private async Task<bool> StartAsync(MessageReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(hasType: false, cancellationToken) is { } first)
        {
            if (first.StartupCode is EncryptionRequest or GssRequest)
            {
                await _client.WriteAsync("N"u8.ToArray(), cancellationToken);
                continue;
            }

            await _server.WriteAsync(first.Bytes, cancellationToken);
            return first.StartupCode != CancelRequest;
        }

        return false;
    }

    private async Task ForwardRequestsAsync(MessageReader reader, CancellationToken cancellationToken)
    {
        var request = new MemoryStream();
        var (statements, executes) = (new List<string>(), 0);
        while (await reader.ReadAsync(hasType: true, cancellationToken) is { } message)
        {
            request.Write(message.Bytes.Span);
            switch (message.Type)
            {
                case 'P':
                    _prepared[message.Text(0)] = message.Text(1);
                    continue;
                case 'B':
                    statements.Add(_prepared.GetValueOrDefault(message.Text(1), ""));
                    continue;
                case 'E':
                    executes++;
                    continue;
                case 'D' or 'C' or 'H':
                    continue;
                case 'Q':
                    statements.Add(message.Text(0));
                    break;
            }

            var bytes = request.ToArray();
            if (message.Type is 'S' or 'Q')
            {
                var call = new CallUnderWay(proxy.Number([.. statements]), bytes, message.Type == 'S' ? executes : 0);
                await AskAsync(call, cancellationToken);
            }
            else
            {
                // Passwords, copied data, the end.
                await _server.WriteAsync(bytes, cancellationToken);
            }

            request.SetLength(0);
            (statements, executes) = ([], 0);
        }
    }

    private async Task AskAsync(CallUnderWay call, CancellationToken cancellationToken)
    {
        call.Rule = proxy.RuleFor(call.Call);
        switch (call.Rule?.Intervention)
        {
            case Act { Moment: Moment.BeforeCall } act:
                await DoAsync(act, call);
                break;
            case Act { Moment: Moment.BeforeCommit } act when call.Executes > 0:
                await ExecuteUncommittedAsync(act, call, cancellationToken);
                return;
            case Act { Moment: Moment.BeforeCommit } act:
                await DoAsync(act, call);
                break;
            case Delay delay:
                await Task.Delay(delay.Time, cancellationToken);
                call.Rule.HasFired(call.Call);
                break;
            case Fail fail:
                await _client.WriteAsync(Message.Error(fail.SqlState, _isInTransaction), cancellationToken);
                call.Rule.HasFired(call.Call);
                return;
            case CutRequest cut:
                await _server.WriteAsync(call.Request[..(int)(call.Request.Length * cut.Part)], cancellationToken);
                Cut();
                call.Rule.HasFired(call.Call);
                return;
        }

        _underWay.Enqueue(call);
        await _server.WriteAsync(call.Request, cancellationToken);
    }

    /// <summary>Everything but the Sync: the transaction stays open until it comes.</summary>
    private async Task ExecuteUncommittedAsync(Act act, CallUnderWay call, CancellationToken cancellationToken)
    {
        _underWay.Enqueue(call);
        await _server.WriteAsync(call.Request[..^Message.Sync.Length], cancellationToken);
        await _server.WriteAsync(Message.Flush, cancellationToken);
        await call.Executed.WaitAsync(cancellationToken);
        await DoAsync(act, call);
        await _server.WriteAsync(Message.Sync, cancellationToken);
    }

    private async Task DoAsync(Act act, CallUnderWay call)
    {
        await act.ActAsync(call.Call);
        if (act.IsLost)
        {
            Cut();
        }

        call.Rule!.HasFired(call.Call);
    }

    private async Task ForwardAnswersAsync(CancellationToken cancellationToken)
    {
        var reader = new MessageReader(_server);
        var held = new MemoryStream();
        while (await reader.ReadAsync(hasType: true, cancellationToken) is { } message)
        {
            _underWay.TryPeek(out var call);
            call?.Note(message.Type);
            _isInTransaction = message.Type == 'Z' ? message.Bytes.Span[5] != 'I' : _isInTransaction;
            if (call?.IsAnswerHeld == true)
            {
                held.Write(message.Bytes.Span);
            }
            else
            {
                await _client.WriteAsync(message.Bytes, cancellationToken);
            }

            if (message.Type == 'Z' && _underWay.TryDequeue(out var answered) && answered.IsAnswerHeld)
            {
                await AnswerAsync(answered, held.ToArray(), cancellationToken);
                held.SetLength(0);
            }
        }
    }

    private async Task AnswerAsync(CallUnderWay call, byte[] answer, CancellationToken cancellationToken)
    {
        if (call.Rule!.Intervention is CutAnswer cut)
        {
            await _client.WriteAsync(answer.AsMemory(..(int)(answer.Length * cut.Part)), cancellationToken);
            CutBehindWhatWasSent();
            call.Rule.HasFired(call.Call);
            return;
        }

        if (call.Rule.Intervention is Act { Moment: Moment.AfterCommit } act)
        {
            await DoAsync(act, call);
        }

        await _client.WriteAsync(answer, cancellationToken);
    }
}

/// <summary>A call that PostgreSQL has not answered yet.</summary>
internal sealed class CallUnderWay(Call call, byte[] request, int executes)
{
    private readonly TaskCompletionSource _executed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _done;

    public Call Call => call;

    public ReadOnlyMemory<byte> Request => request;

    public int Executes => executes;

    public Rule? Rule { get; set; }

    /// <summary>Nothing of the answer goes on before all of it is there.</summary>
    public bool IsAnswerHeld => Rule?.Intervention is CutAnswer or Act { Moment: Moment.AfterCommit };

    /// <summary>PostgreSQL has executed all statements, or refused one.</summary>
    public Task Executed => _executed.Task;

    public void Note(char type)
    {
        // CommandComplete, EmptyQueryResponse, PortalSuspended; an error ends the rest.
        if (type == 'E' || (type is 'C' or 'I' or 's' && ++_done >= executes))
        {
            _executed.TrySetResult();
        }
    }
}
