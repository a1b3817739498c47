using Evenkeel.Models;
using Evenkeel.Models.Extractive;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Extractive;

/// <summary>Documents and questions come from strangers: whatever they hold, there is an answer or none, never a fault.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Fragments =
    [
        "# ", "## Heading", "\n", "\n\n", "- ", "1. ", "```", "~~~sh", "|", "| a | b |", "|--|--|", "> ", "---", "[", "](", ")", "![", "<!--", "-->", ".", "。",
        "！", "；", "?", "e.g. ", " ", "`", "**", "server", "stops", "断线", "恢复", "怎么", "😀", "\ud83d", "\0", "é", "[1]", ":", "：", "…", "4401", "\t",
    ];

    private static readonly Gen<string> Text = Gen.Elements(Fragments).ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void Any_passage_and_question_are_survived() =>
        Prop.ForAll(Arb.From(Text), Arb.From(Text), (passage, question) =>
        {
            var answer = AnswerExtraction.Extract(
                question, [new GroundingPassage(Guid.CreateVersion7(), "1", question, [passage], passage, "en", 1)], isChinese: question.Length % 2 == 0);
            answer?.Trim().ShouldNotBeEmpty();
            SmallTalk.Reply(question, passage, isChinese: false).ShouldNotBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_pieces_of_an_answer_are_the_answer() =>
        Prop.ForAll(Arb.From(Text), text =>
        {
            var pieces = AnswerPieces.Split(text).ToArray();
            string.Concat(pieces).ShouldBe(text);
            pieces.ShouldAllBe(piece => piece.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
