using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Checking;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Faults;

/// <summary>A good history passes; each promise broken by hand is found, and under its own name.</summary>
public sealed class SafetyCheckerTests
{
    private const string Question = "a question";
    private static readonly Guid Person = Guid.CreateVersion7();
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_good_history_breaks_nothing() => SafetyChecker.Check(Good()).ShouldBeEmpty();

    [Fact]
    public void A_history_with_a_stopped_and_a_failed_turn_and_a_regeneration_breaks_nothing()
    {
        var good = Good();
        var again = good.Turns[0] with { Id = Guid.CreateVersion7(), Replaces = good.Messages[1].Id, ClientMessageId = null, Position = 4, Status = TurnStatus.Cancelled };
        var stopped = good.Messages[1] with { Id = Guid.CreateVersion7(), TurnId = again.Id, Seq = 5, Status = MessageStatus.Stopped, Text = "first", CommittedAt = null };

        SafetyChecker.Check(good with
        {
            Turns = [.. good.Turns, again],
            Messages = [.. good.Messages, stopped],
            Conversations = [new(Conversation, 5)],
            Ledger = [.. good.Ledger, new(again.Id, "hold", -1000, null), new(again.Id, "release", 1000, null)],
        }).ShouldBeEmpty();
    }

    [Fact]
    public void An_accepted_message_that_is_missing() => Broken("an accepted message is stored as it was accepted", good => good with
    {
        Messages = [good.Messages[0], good.Messages[1]],
        Turns = [good.Turns[0]],
        Conversations = [new(Conversation, 2)],
    });

    [Fact]
    public void A_message_stored_twice() => Broken("a message is stored once", good => good with
    {
        Messages = [.. good.Messages, good.Messages[0] with { Id = Guid.CreateVersion7(), Seq = 5 }],
        Conversations = [new(Conversation, 5)],
    });

    [Fact]
    public void A_second_turn_for_a_message() => Broken("a message has exactly one chain of turns", good => good with
    {
        Turns = [.. good.Turns, good.Turns[0] with { Id = Guid.CreateVersion7(), ClientMessageId = null, Status = TurnStatus.Queued }],
    });

    [Fact]
    public void Two_answers_of_one_turn() => Broken("a turn has exactly one end", good => good with
    {
        Messages = [.. good.Messages, good.Messages[1] with { Id = Guid.CreateVersion7(), Seq = 5 }],
        Conversations = [new(Conversation, 5)],
    });

    [Fact]
    public void A_turn_that_succeeded_without_an_answer() => Broken("a turn has exactly one end", good => good with
    {
        Messages = [good.Messages[0], good.Messages[2] with { Seq = 2 }, good.Messages[3] with { Seq = 3 }],
        Conversations = [new(Conversation, 3)],
    });

    [Fact]
    public void An_answer_of_a_turn_that_goes_on() => Broken("a turn with an answer has ended", good => good with
    {
        Turns = [good.Turns[0] with { Status = TurnStatus.Running }, good.Turns[1]],
    });

    [Fact]
    public void A_gap() => Broken("seq has no gaps", good => good with
    {
        Messages = [.. good.Messages.Take(3), good.Messages[3] with { Seq = 5 }],
        Conversations = [new(Conversation, 5)],
    });

    [Fact]
    public void A_row_that_was_there_before_the_one_it_follows() => Broken("seq follows the order of commits", good => good with
    {
        Messages = [good.Messages[0], good.Messages[1] with { CommittedAt = Begin.AddHours(1) }, good.Messages[2], good.Messages[3]],
    });

    [Fact]
    public void Answers_out_of_order() => Broken("answers come in the order sent", good => good with
    {
        Messages =
        [
            good.Messages[0], good.Messages[3] with { Seq = 2, CommittedAt = good.Messages[1].CommittedAt },
            good.Messages[2], good.Messages[1] with { Seq = 4, CommittedAt = good.Messages[3].CommittedAt },
        ],
    });

    [Fact]
    public void Text_of_two_attempts_in_one_answer() => Broken("an answer is what one attempt wrote", good => good with
    {
        Messages = [good.Messages[0], good.Messages[1] with { Text = "first second" }, good.Messages[2], good.Messages[3]],
    });

    [Fact]
    public void A_turn_charged_twice() => Broken("a turn is charged once, when it succeeds", good => good with
    {
        Ledger = [.. good.Ledger, new(good.Turns[0].Id, "settle", 0, 1000)],
    });

    [Fact]
    public void A_turn_that_succeeded_free_of_charge() => Broken("a turn is charged once, when it succeeds", good => good with
    {
        Ledger = [good.Ledger[0], new(good.Turns[0].Id, "release", 1000, null), .. good.Ledger.Skip(2)],
    });

    [Fact]
    public void A_balance_that_the_ledger_does_not_explain() => Broken("a balance is the sum of its ledger", good => good with
    {
        Accounts = [good.Accounts[0] with { Balance = 97_000 }],
    });

    [Fact]
    public void Credits_held_for_nobody() => Broken("nothing is held when all turns have ended", good => good with
    {
        Accounts = [good.Accounts[0] with { Held = 1_000 }],
    });

    [Fact]
    public void A_screen_that_shows_something_else() => Broken("a screen shows what a fresh load shows", good => good with
    {
        Screens = [new("screen", "a", "a\nb", [])],
    });

    [Fact]
    public void A_screen_that_was_sent_something_wrong() => Broken("frames are whole, in order and true", good => good with
    {
        Screens = [new("screen", "a", "a", ["lost, repeated or disordered"])],
    });

    [Fact]
    public void A_turn_said_to_be_cancelled_that_was_not() => Broken("a turn said to be cancelled is", good =>
    {
        good.Notes.Add(new StopTurnResponse(good.Turns[0].Id, TurnStatus.Cancelled));
        return good;
    });

    [Fact]
    public void A_regeneration_that_was_accepted_and_is_missing() => Broken("an accepted regeneration has its turn", good =>
    {
        good.Notes.Add(new AskedAgain(Guid.CreateVersion7(), good.Messages[3].Id));
        return good;
    });

    [Fact]
    public void Whatever_never_comes_or_comes_late_is_not_alive()
    {
        var bound = TimeSpan.FromSeconds(10);
        var good = new RunProgress { Ends = [new("end", bound)], Clears = [new("clear", bound)], NextAnswers = [new("next", bound)] };
        LivenessChecker.Check(good, bound).ShouldBeEmpty();

        LivenessChecker.Check(good with { Ends = [new("end", null)] }, bound).Single().Rule.ShouldBe("every turn ends");
        LivenessChecker.Check(good with { Clears = [new("clear", bound * 2)] }, bound).Single().Rule.ShouldBe("typing is cleared on every screen");
        LivenessChecker.Check(good with { NextAnswers = [new("next", null)] }, bound).Single().Rule.ShouldBe("no conversation is blocked");
    }

    private static void Broken(string rule, Func<RunHistory, RunHistory> spoil) =>
        SafetyChecker.Check(spoil(Good())).Select(violation => violation.Rule).ShouldContain(rule);

    /// <summary>Two questions, sent one after the other, with their answers.</summary>
    private static RunHistory Good()
    {
        var notes = new RunNotes();
        var (messages, turns, ledger) = (new List<StoredMessage>(), new List<StoredTurn>(), new List<LedgerEntry>());
        for (var number = 0; number < 2; number++)
        {
            var question = new StoredMessage
            {
                Id = Guid.CreateVersion7(), ConversationId = Conversation, Seq = (number * 2) + 1, TurnId = Guid.CreateVersion7(), Role = "user",
                Status = MessageStatus.Complete, Text = Question, ClientMessageId = $"client {number}", CommittedAt = Begin.AddSeconds(number * 2),
            };
            messages.Add(question);
            messages.Add(question with
            {
                Id = Guid.CreateVersion7(), Seq = question.Seq + 1, Role = "assistant", Text = "first try", ClientMessageId = null, CommittedAt = Begin.AddSeconds((number * 2) + 1),
            });
            turns.Add(new StoredTurn
            {
                Id = question.TurnId, ConversationId = Conversation, UserId = Person, MessageId = question.Id, Position = question.Seq, Status = TurnStatus.Succeeded,
                ClientMessageId = question.ClientMessageId,
            });
            ledger.AddRange([new(question.TurnId, "hold", -2000, null), new(question.TurnId, "settle", 1000, 1000)]);
            notes.Add(Sent(question));
        }

        return new RunHistory
        {
            Notes = notes, Conversations = [new(Conversation, 4)], Messages = messages, Turns = turns, Ledger = ledger,
            Accounts = [new(Guid.CreateVersion7(), Balance: 98_000, Held: 0, LedgerSum: 98_000)],
            Answers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Question] = ["first try", "second try"] },
        };
    }

    private static SentMessage Sent(StoredMessage question) => new()
    {
        PersonId = Person, Text = question.Text, ClientMessageId = question.ClientMessageId!,
        Accepted =
        [
            new SendMessageResponse
            {
                ThreadId = Conversation, MessageId = question.Id, TurnId = question.TurnId, Seq = question.Seq, CorrelationId = Guid.Empty, Queue = new(0, 0),
                StreamUrl = "", SocketUrl = "",
            },
        ],
    };
}
