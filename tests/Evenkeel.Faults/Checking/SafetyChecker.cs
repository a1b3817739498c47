using Evenkeel.Contracts.Chats;

namespace Evenkeel.Faults.Checking;

/// <summary>Nothing bad has happened: judged by what is stored, what clients were told, and what they show.</summary>
public static class SafetyChecker
{
    private static readonly Dictionary<string, string> MessageStatusOf = new(StringComparer.Ordinal)
    {
        [TurnStatus.Succeeded] = MessageStatus.Complete,
        [TurnStatus.Failed] = MessageStatus.Failed,
        [TurnStatus.Cancelled] = MessageStatus.Stopped,
    };

    /// <summary>Every promise that the history breaks.</summary>
    public static IReadOnlyList<Violation> Check(RunHistory history) =>
    [
        .. Acknowledged(history), .. StoredOnce(history), .. Chains(history), .. Ends(history), .. Sequence(history), .. Order(history),
        .. Texts(history), .. Charges(history), .. Balances(history), .. Screens(history),
    ];

    /// <summary>What a client was told has happened.</summary>
    private static IEnumerable<Violation> Acknowledged(RunHistory history)
    {
        var messages = history.Messages.ToDictionary(message => message.Id);
        var turns = history.Turns.ToDictionary(turn => turn.Id);
        foreach (var sent in history.Notes.Sent)
        {
            foreach (var accepted in sent.Accepted)
            {
                if (!messages.TryGetValue(accepted.MessageId, out var stored) || stored.Text != sent.Text || stored.Seq != accepted.Seq
                    || stored.ConversationId != accepted.ThreadId || stored.ClientMessageId != sent.ClientMessageId)
                {
                    yield return new("an accepted message is stored as it was accepted", $"{sent.Text} (message {accepted.MessageId}, seq {accepted.Seq})");
                }

                if (!turns.TryGetValue(accepted.TurnId, out var turn) || turn.MessageId != accepted.MessageId)
                {
                    yield return new("an accepted message has its turn", $"{sent.Text} (turn {accepted.TurnId})");
                }
            }
        }

        foreach (var again in history.Notes.AskedAgain.Where(again => turns.GetValueOrDefault(again.TurnId)?.Replaces != again.Answer))
        {
            yield return new("an accepted regeneration has its turn", $"turn {again.TurnId}");
        }

        foreach (var stop in history.Notes.Stops.Where(stop => stop.Status == TurnStatus.Cancelled && turns[stop.TurnId!.Value].Status != TurnStatus.Cancelled))
        {
            yield return new("a turn said to be cancelled is", $"turn {stop.TurnId}");
        }
    }

    /// <summary>However often it was sent.</summary>
    private static IEnumerable<Violation> StoredOnce(RunHistory history)
    {
        var questions = history.Messages.Where(message => message.Role == "user").ToList();
        foreach (var sent in history.Notes.Sent)
        {
            var count = questions.Count(message => message.ClientMessageId == sent.ClientMessageId);
            var turns = history.Turns.Count(turn => turn.ClientMessageId == sent.ClientMessageId);
            if (count > 1 || turns > 1 || count != turns || sent.Accepted.Select(accepted => accepted.TurnId).Distinct().Count() > 1)
            {
                yield return new("a message is stored once", $"{sent.Text}: {count} messages, {turns} turns");
            }
        }

        foreach (var message in questions.Where(message => history.Notes.Sent.All(sent => sent.ClientMessageId != message.ClientMessageId)))
        {
            yield return new("nothing is stored that nobody sent", $"message {message.Id}");
        }
    }

    /// <summary>One first turn for each question; every other replaces an answer of the same chain, each once.</summary>
    private static IEnumerable<Violation> Chains(RunHistory history)
    {
        var turnOfAnswer = history.Messages.Where(message => message.Role == "assistant").ToLookup(message => message.Id, message => message.TurnId);
        var turns = history.Turns.ToDictionary(turn => turn.Id);
        foreach (var question in history.Messages.Where(message => message.Role == "user"))
        {
            var chain = history.Turns.Where(turn => turn.MessageId == question.Id).ToList();
            if (chain.Count(turn => turn.Replaces is null) != 1)
            {
                yield return new("a message has exactly one chain of turns", $"message {question.Id}: {chain.Count} turns");
            }

            foreach (var turn in chain.Where(turn => turn.Replaces is { } answer
                && (!turnOfAnswer.Contains(answer) || turns[turnOfAnswer[answer].First()].MessageId != question.Id
                    || chain.Count(other => other.Replaces == answer) > 1)))
            {
                yield return new("a regeneration replaces one answer of its own question, once", $"turn {turn.Id}");
            }
        }
    }

    /// <summary>Exactly one terminal state, and one row that tells it.</summary>
    private static IEnumerable<Violation> Ends(RunHistory history)
    {
        var answers = history.Messages.Where(message => message.Role == "assistant").ToLookup(message => message.TurnId);
        foreach (var turn in history.Turns)
        {
            var rows = answers[turn.Id].ToList();
            if (!MessageStatusOf.TryGetValue(turn.Status, out var expected))
            {
                if (rows.Count > 0)
                {
                    yield return new("a turn with an answer has ended", $"turn {turn.Id} is {turn.Status}");
                }
            }
            else if (rows.Count != 1 || rows[0].Status != expected)
            {
                yield return new("a turn has exactly one end", $"turn {turn.Id} is {turn.Status}, with {rows.Count} answers ({string.Join(", ", rows.Select(row => row.Status))})");
            }
        }

        foreach (var orphan in history.Messages.Where(message => history.Turns.All(turn => turn.Id != message.TurnId)))
        {
            yield return new("a message belongs to a turn", $"message {orphan.Id}");
        }
    }

    /// <summary>1, 2, 3 … without gaps, in the order of the commits.</summary>
    private static IEnumerable<Violation> Sequence(RunHistory history)
    {
        foreach (var conversation in history.Conversations)
        {
            var messages = history.Messages.Where(message => message.ConversationId == conversation.Id).OrderBy(message => message.Seq).ToList();
            if (!messages.Select(message => message.Seq).SequenceEqual(Enumerable.Range(1, (int)conversation.LastSeq).Select(seq => (long)seq)))
            {
                yield return new("seq has no gaps", $"conversation {conversation.Id} at {conversation.LastSeq}: {string.Join(' ', messages.Select(message => message.Seq))}");
            }

            foreach (var (earlier, later) in messages.Zip(messages.Skip(1)).Where(pair => pair.First.CommittedAt > pair.Second.CommittedAt))
            {
                yield return new("seq follows the order of commits", $"conversation {conversation.Id}: {later.Seq} was there before {earlier.Seq}");
            }
        }
    }

    /// <summary>Answers come in the order of the questions; a turn cancelled while it waited may end before.</summary>
    private static IEnumerable<Violation> Order(RunHistory history)
    {
        var seqs = history.Messages.Where(message => message.Role == "assistant").ToLookup(message => message.TurnId, message => message.Seq);
        foreach (var turns in history.Turns.Where(turn => turn.Status != TurnStatus.Cancelled && seqs.Contains(turn.Id)).GroupBy(turn => turn.ConversationId))
        {
            var inOrder = turns.OrderBy(turn => turn.Position).ThenBy(turn => turn.Id).ToList();
            foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)).Where(pair => seqs[pair.First.Id].First() > seqs[pair.Second.Id].First()))
            {
                yield return new("answers come in the order sent", $"turn {later.Id} ended before {earlier.Id}");
            }
        }
    }

    /// <summary>A whole answer is one answer of the model; a stopped one is the beginning of one.</summary>
    private static IEnumerable<Violation> Texts(RunHistory history)
    {
        var questions = history.Messages.Where(message => message.Role == "user").ToDictionary(message => message.Id, message => message.Text);
        var turns = history.Turns.ToDictionary(turn => turn.Id);
        foreach (var answer in history.Messages.Where(message => message.Role == "assistant" && message.Status != MessageStatus.Failed && turns.ContainsKey(message.TurnId)))
        {
            if (questions.TryGetValue(turns[answer.TurnId].MessageId, out var question) && history.Answers.TryGetValue(question, out var possible)
                && !possible.Any(text => answer.Status == MessageStatus.Complete ? text == answer.Text : text.StartsWith(answer.Text, StringComparison.Ordinal)))
            {
                yield return new("an answer is what one attempt wrote", $"{question}: {answer.Text}");
            }
        }
    }

    /// <summary>One hold and one end for each turn; together they cost what the successful turns cost.</summary>
    private static IEnumerable<Violation> Charges(RunHistory history)
    {
        var entries = history.Ledger.ToLookup(entry => entry.TurnId);
        foreach (var turn in history.Turns.Where(turn => MessageStatusOf.ContainsKey(turn.Status)))
        {
            var own = entries[turn.Id].ToList();
            var (holds, settled, released) = (own.Count(one => one.Kind == "hold"), own.Count(one => one.Kind == "settle"), own.Count(one => one.Kind == "release"));
            var isCharged = turn.Status == TurnStatus.Succeeded;
            var price = own.Where(one => one.Kind == "settle").Sum(one => one.Price ?? 0);
            // A turn stopped in mid-answer may cost what it used; one that failed never does.
            var isRight = holds == 1 && settled + released == 1 && (!isCharged || settled == 1) && (turn.Status != TurnStatus.Failed || released == 1);
            if (!isRight || own.Sum(one => one.Amount) != -price)
            {
                yield return new("a turn is charged once, when it succeeds", $"turn {turn.Id} is {turn.Status}: {string.Join(", ", own)}");
            }
        }
    }

    /// <summary>The running totals are what the ledger says; nothing is held for turns that have ended.</summary>
    private static IEnumerable<Violation> Balances(RunHistory history)
    {
        foreach (var account in history.Accounts.Where(account => account.Balance != account.LedgerSum))
        {
            yield return new("a balance is the sum of its ledger", $"{account}");
        }

        if (history.Turns.All(turn => MessageStatusOf.ContainsKey(turn.Status)))
        {
            foreach (var account in history.Accounts.Where(account => account.Held != 0))
            {
                yield return new("nothing is held when all turns have ended", $"{account}");
            }
        }
    }

    /// <summary>What is shown is what a fresh load shows.</summary>
    private static IEnumerable<Violation> Screens(RunHistory history)
    {
        foreach (var screen in history.Screens)
        {
            if (screen.Shown != screen.Fresh)
            {
                yield return new("a screen shows what a fresh load shows", $"{screen.Screen}:\n{screen.Shown}\ninstead of\n{screen.Fresh}");
            }

            foreach (var problem in screen.Problems)
            {
                yield return new("frames are whole, in order and true", $"{screen.Screen}: {problem}");
            }
        }
    }
}
