using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Answering again.</summary>
public sealed class RegenerateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_answer_is_written_again_and_the_new_one_names_the_old()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Text = "first try", Times = 1 });
        model.Play(new Behaviour { Text = "second try", Times = 1 });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question worth two answers");
        var first = await account.AnswerAsync(sent);

        var again = await account.RegenerateAsync(first.Id);

        again.MessageId.ShouldBe(sent.MessageId);
        again.TurnId.ShouldNotBe(sent.TurnId);
        var second = await account.AnswerAsync(again);
        second.Text.ShouldBe("second try");
        second.Seq.ShouldBe(3);
        second.Meta!.Replaces.ShouldBe(first.Id);
        (await account.MessagesAsync(sent.ThreadId)).Items.Select(message => message.Role).ShouldBe(["user", "assistant", "assistant"]);
    }

    [Fact]
    public async Task A_failed_turn_is_tried_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var account = await server.RegisterAsync();
        var failed = await account.AskAsync("a question that fails at first");
        failed.Status.ShouldBe(MessageStatus.Failed);

        var answer = await account.AnswerAsync(await account.RegenerateAsync(failed.Id));

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.Replaces.ShouldBe(failed.Id);
        answer.Meta.Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_first_event_of_the_new_turn_is_written_with_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.AskAsync("a question worth two answers");
        var gate = model.Hold(0);

        var again = await account.RegenerateAsync(first.Id);

        (await server.Database.LookAsync<long>(
            "SELECT count(*) FROM chat_events WHERE turn_id = $1 AND message_id = $2 AND event_type = 'message_received'", again.TurnId, again.MessageId)).ShouldBe(1);
        gate.Release();
        var events = await account.TimelineAsync(again.ThreadId, all => all.Any(one => one.EventType == "saving_message" && one.TurnId == again.TurnId));
        events.First(one => one.TurnId == again.TurnId).EventType.ShouldBe("message_received");
    }

    [Fact]
    public async Task An_older_answer_a_question_or_a_stranger_is_refused()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();
        var sent = await account.SendAsync("the first question of two");
        var older = await account.AnswerAsync(sent);
        var newest = await account.AskAsync("the second question of two", sent.ThreadId);

        await account.PostRegenerateAsync(older.Id).RefusedAsync(HttpStatusCode.Conflict, "conflict");
        await account.PostRegenerateAsync(sent.MessageId).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.PostRegenerateAsync(Guid.CreateVersion7()).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await stranger.PostRegenerateAsync(newest.Id).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        (await server.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(2);
    }

    [Fact]
    public async Task Many_requests_at_once_and_any_while_it_runs_make_one_new_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var answer = await account.AskAsync("a question worth two answers");
        var gate = model.Hold(0);
        await using var connection = new NpgsqlConnection(server.Database.AdministratorConnectionString);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var hold = new NpgsqlCommand("SELECT 1 FROM conversations FOR UPDATE", connection, transaction);
        await hold.ExecuteScalarAsync(Stop);

        // All of them look at the thread in the same moment.
        var pending = Enumerable.Range(0, 10).Select(_ => account.PostRegenerateAsync(answer.Id)).ToArray();
        await Eventually.HoldAsync("ten that wait", async () => await server.Database.LookAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 10);
        await transaction.CommitAsync(Stop);
        var responses = await Task.WhenAll(pending);

        responses.Count(response => response.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        responses.Count(response => response.StatusCode == HttpStatusCode.Conflict).ShouldBe(9);
        await gate.WaitUntilHeldAsync(Stop);
        await account.PostRegenerateAsync(answer.Id).RefusedAsync(HttpStatusCode.Conflict, "conflict");
        gate.Release();
        (await server.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(2);
    }
}
