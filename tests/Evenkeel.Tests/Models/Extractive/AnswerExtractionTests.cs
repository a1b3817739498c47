using Evenkeel.Models;
using Evenkeel.Models.Extractive;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Extractive;

public sealed class AnswerExtractionTests
{
    [Fact]
    public void The_best_sentence_is_quoted_whole_with_its_citation()
    {
        var answer = Ask("How long is an access token valid?", Passage("1", "Billing", "Invoices are sent monthly. They are paid by card."),
            Passage("2", "Tokens", "An access token is valid for 15 minutes. The colour of the page is blue."));
        answer.ShouldBe("An access token is valid for 15 minutes. [2]");
    }

    [Fact]
    public void Neighbours_share_one_citation_and_keep_their_order()
    {
        var answer = Ask("Back up the data", Passage(
            "1", "Back up the data", "To back up the data, stop the server. Then copy the data folder. Cats are animals."));
        answer.ShouldNotBeNull().ShouldStartWith("To back up the data, stop the server. Then copy the data folder.");
        answer.Split("[1]").Length.ShouldBe(2);
    }

    [Fact]
    public void Steps_come_together_with_their_introduction()
    {
        var answer = Ask("How do I install the server?", Passage("1", "Setting up", """
            To install the server, follow these steps:

            1. Clone the repository.
            2. Run the script.
            3. Open the page.

            Something else entirely is described here.
            """));
        answer.ShouldBe("To install the server, follow these steps:\n\n1. Clone the repository.\n2. Run the script.\n3. Open the page. [1]");
    }

    [Fact]
    public void A_single_step_that_matches_brings_the_others()
    {
        var answer = Ask("Where is the repository cloned from?", Passage("1", "Start", "Do this:\n\n1. The repository is cloned from the forge.\n2. Open the page."));
        answer.ShouldBe("Do this:\n\n1. The repository is cloned from the forge.\n2. Open the page. [1]");
    }

    [Fact]
    public void Code_follows_the_sentence_that_announces_it_and_the_citation_stays_outside()
    {
        var answer = Ask("How do I run the tests?", Passage("1", "Tests", "To run the tests, type:\n\n```bash\n./test\n```"));
        answer.ShouldBe("To run the tests, type: [1]\n\n```bash\n./test\n```");
    }

    [Fact]
    public void The_same_sentence_from_two_passages_is_said_once()
    {
        const string Sentence = "The retention time is 720 hours.";
        var answer = Ask("What is the retention time?", Passage("1", "A", Sentence), Passage("2", "B", Sentence));
        answer.ShouldBe(Sentence + " [1]");
    }

    [Fact]
    public void The_heading_tells_what_a_sentence_is_about()
    {
        var answer = Ask("What does close code 4429 mean?", Passage("1", "What does close code 4403 mean?", "It is not yours: do not try again."),
            Passage("2", "What does close code 4429 mean?", "There are too many connections: wait."));
        answer.ShouldBe("There are too many connections: wait. [2]");
    }

    [Fact]
    public void An_answer_stays_short()
    {
        var text = string.Join(" ", Enumerable.Range(1, 60).Select(number => $"The server setting number {number} of the server is about item{number}."));
        var answer = Ask("Which server setting is there?", Passage("1", "Server", text)).ShouldNotBeNull();
        answer.Length.ShouldBeLessThan(700);
        answer.Split('.').Length.ShouldBeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("Who won the match?")]
    [InlineData("How?")]
    [InlineData("")]
    [InlineData("🤷")]
    public void Nothing_is_said_when_nothing_fits(string question) =>
        Ask(question, Passage("1", "Writing", "Write names with a capital letter. Keep sentences short. The server counts words.")).ShouldBeNull();

    [Fact]
    public void Without_passages_there_is_no_answer() => Ask("How do I resume?").ShouldBeNull();

    [Fact]
    public void Chinese_questions_are_answered_from_Chinese_passages()
    {
        var answer = AnswerExtraction.Extract("断线后怎么恢复？",
        [
            Passage("1", "计费", "发票每月寄出。请用银行卡付款。"),
            Passage("2", "断线恢复", "断线后，客户端重新连接并带上最后的序号，即可恢复。颜色是蓝色的。"),
        ], isChinese: true);
        answer.ShouldNotBeNull().ShouldStartWith("断线后，客户端重新连接并带上最后的序号，即可恢复。");
        answer.ShouldEndWith("[2]");
        AnswerExtraction.Extract("法国的首都是哪里？", [Passage("1", "计费", "发票每月寄出。")], isChinese: true).ShouldBeNull();
    }

    private static string? Ask(string question, params GroundingPassage[] passages) =>
        AnswerExtraction.Extract(question, passages, isChinese: false);

    private static GroundingPassage Passage(string label, string heading, string text) =>
        new(Guid.CreateVersion7(), label, "Guide", [heading], text, "en", 1);
}
