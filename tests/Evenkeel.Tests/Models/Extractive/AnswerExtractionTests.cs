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
    public void A_question_of_which_one_word_in_two_is_met_is_about_something_else() =>
        Ask("When does the museum close?", Passage("1", "Close codes", "Close code 1013 means that the server is overloaded: wait, then reconnect.")).ShouldBeNull();

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

    [Theory]
    [InlineData("When was the museum opened?", "It was opened in May 1902.")]
    [InlineData("How many rooms does the museum have?", "The museum has forty rooms for visitors.")]
    [InlineData("Who designed the museum?", "The museum was designed by the architect Ada Stone.")]
    [InlineData("Why was the museum closed?", "The museum was closed because the roof leaked.")]
    public void A_sentence_that_holds_what_was_asked_for_is_preferred(string question, string expected) =>
        Ask(question, Passage("1", "History", "The museum is opened, closed, designed and loved. It was opened in May 1902. The museum has forty rooms for visitors. "
            + "The museum was designed by the architect Ada Stone. The museum was closed because the roof leaked. The museum has rooms and a garden."))
            .ShouldNotBeNull().ShouldContain(expected);

    [Fact]
    public void A_sentence_that_points_back_brings_the_one_it_points_to() =>
        Ask("When did Ada Stone die in Hull?", Passage("1", "People", "Ada Stone built the museum. She died in Hull in 1931. The garden is green."))
            .ShouldBe("Ada Stone built the museum. She died in Hull in 1931. [1]");

    [Fact]
    public void Overlapping_passages_are_not_said_twice() =>
        Ask("What is the retention time of events?", Passage("1", "A", "The retention time of events is 720 hours by default, and it can be changed."),
            Passage("2", "B", "The retention time of events is 720 hours by default."))
            .ShouldBe("The retention time of events is 720 hours by default, and it can be changed. [1]");

    [Fact]
    public void Passages_of_another_language_are_quoted_and_said_to_be()
    {
        var chinese = Passage("1", "退款", "VIP 客户可以在 30 天内申请 refund 退款。") with { Language = "zh" };
        Ask("What about the VIP refund?", chinese).ShouldBe("I found this only in Chinese; the original says:\n\n> VIP 客户可以在 30 天内申请 refund 退款。 [1]");
        AnswerExtraction.Extract("VIP refund 怎么申请？", [Passage("1", "Refunds", "The VIP refund is given within 30 days.")], isChinese: true)
            .ShouldBe("资料中只有英文内容，原文如下：\n\n> The VIP refund is given within 30 days.[1]");
        Ask("What about the VIP refund?", chinese, Passage("2", "Refunds", "The VIP refund is given within 30 days."))
            .ShouldBe("The VIP refund is given within 30 days. [2]");
    }

    [Theory]
    [InlineData("Wie lange ist die Mitgliedschaft gültig?", "Die Mitgliedschaft ist zwölf Monate lang gültig.", "Das Museum liegt am Hafen und hat einen Garten.")]
    [InlineData("Combien de salles compte le musée ?", "Le musée compte quarante salles.", "Le jardin est vert et la ville est belle.")]
    [InlineData("¿Cuándo se inauguró el museo?", "El museo se inauguró en mayo de 1902.", "La ciudad es grande y el jardín es verde.")]
    public void Other_languages_are_answered_in_their_words(string question, string sentence, string other) =>
        Ask(question, Passage("1", "", $"{other} {sentence}")).ShouldBe($"{sentence} [1]");

    private static string? Ask(string question, params GroundingPassage[] passages) =>
        AnswerExtraction.Extract(question, passages, isChinese: false);

    private static GroundingPassage Passage(string label, string heading, string text) =>
        new(Guid.CreateVersion7(), label, "Guide", [heading], text, "en", 1);
}
