using System.CommandLine;
using Evenkeel.Timeline.Retention;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel events pin SESSION --reason TEXT</c> and <c>unpin SESSION</c>: keeps a session's events beyond their time, or no longer.</summary>
internal static class EventsPinCommand
{
    private const string Author = "command line";

    /// <summary>The verb that keeps.</summary>
    public static Command CreatePin()
    {
        var (session, kind) = Common();
        var reason = new Option<string>("--reason") { Description = "Why; shown beside the session.", Required = true };
        var command = new Command("pin", "Keep a session's events whatever their age.") { Arguments = { session }, Options = { reason, kind, CommandSettings.Data } };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(session), async (pins, organization, id) =>
            $"{await pins.PinAsync(organization, [id], new SessionPin(parsed.GetValue(kind)!, parsed.GetValue(reason)!, Author), cancellationToken)} session is kept.", cancellationToken));
        return command;
    }

    /// <summary>The verb that ends it.</summary>
    public static Command CreateUnpin()
    {
        var (session, kind) = Common();
        var command = new Command("unpin", "Keep a session's events no longer than others.") { Arguments = { session }, Options = { kind, CommandSettings.Data } };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(session), async (pins, organization, id) =>
            await pins.UnpinAsync(organization, [id], parsed.GetValue(kind)!, cancellationToken) == 1
                ? "The session is kept no longer than others." : "The session was not kept.", cancellationToken));
        return command;
    }

    private static (Argument<Guid> Session, Option<string> Kind) Common()
    {
        var kind = new Option<string>("--kind") { Description = "pin or legal_hold.", DefaultValueFactory = _ => PinKind.Pin };
        kind.AcceptOnlyFromAmong(PinKind.Pin, PinKind.LegalHold);
        return (new Argument<Guid>("session") { Description = "Id of the session, which is that of the thread." }, kind);
    }

    private static Task<int> RunAsync(
        ParseResult parsed, Guid session, Func<ISessionPins, Guid, Guid, Task<string>> change, CancellationToken cancellationToken) =>
        EventsCommand.RunAsync(
            parsed,
            async services =>
            {
                var pins = services.GetRequiredService<ISessionPins>();
                if (await pins.OrganizationOfAsync(session, cancellationToken) is not { } organization)
                {
                    await Console.Error.WriteLineAsync($"evenkeel: Nothing was recorded of session {session}.");
                    return EventsCommand.Failed;
                }

                await Console.Out.WriteLineAsync(await change(pins, organization, session));
                return 0;
            },
            cancellationToken);
}
