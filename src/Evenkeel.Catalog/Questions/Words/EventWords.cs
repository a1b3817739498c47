using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Words;

/// <summary>Words of somebody who asks for events.</summary>
internal static class EventWords
{
    private static readonly FrozenSet<string> English = ("event events conference conferences conf confs meetup meetups workshop workshops summit summits hackathon hackathons talk "
        + "talks webinar webinars training trainings congress expo fair festival festivals course courses session sessions happening anything something meeting meetings gathering "
        + "gatherings symposium seminar seminars on").Split(' ').ToFrozenSet();

    public static bool Contains(ReadOnlySpan<char> word) => English.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a question has one of them.</summary>
    public static bool IsIn(QuestionText text) => text.Words.Any(word => Contains(text.Of(word)));
}
