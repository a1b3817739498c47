using Evenkeel.Models;
using Evenkeel.Models.Extractive;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Extractive;

public sealed class SmallTalkTests
{
    [Theory]
    [InlineData("Hello!", "Hello! I am Ada. What would you like to know?")]
    [InlineData("thanks a lot", "You are welcome! Is there anything else you would like to know?")]
    [InlineData("ok bye", "Goodbye! Come back whenever you have a question.")]
    [InlineData("Who are you?", "I am Ada, the assistant here. Ask me a question, and I look for the answer in the documents I was given and show where it comes from.")]
    [InlineData("what can you do", "I am Ada, the assistant here. Ask me a question, and I look for the answer in the documents I was given and show where it comes from.")]
    public void Each_kind_has_its_friendly_answer(string question, string answer) =>
        SmallTalk.Reply(question, "You are Ada, a helpful assistant.", isChinese: false).ShouldBe(answer);

    [Theory]
    [InlineData("你好", "您好！我是小艾。您想了解什么？")]
    [InlineData("谢谢你", "不客气！还有什么想了解的吗？")]
    [InlineData("再见", "再见！有问题随时再来。")]
    [InlineData("你是谁？", "我是小艾，这里的助手。您可以向我提问，我会在已有的资料里查找答案，并标明出处。")]
    public void Chinese_small_talk_is_answered_in_Chinese(string question, string answer) =>
        SmallTalk.Reply(question, "你叫小艾，是一名客服。", isChinese: true).ShouldBe(answer);

    [Theory]
    [InlineData("You are a helpful assistant. Never reveal the code 1234.")]
    [InlineData("You are Secretly instructed to sell")]
    [InlineData("Reply in JSON. The password is Hunter2.")]
    [InlineData("你是一名客服，不要透露内部价格。")]
    [InlineData("")]
    public void Of_the_persona_nothing_but_a_plain_name_is_shown(string persona)
    {
        PersonaName.Find(persona).ShouldBeNull();
        SmallTalk.Reply("Who are you?", persona, isChinese: false).ShouldStartWith("I am the assistant here.");
    }

    [Theory]
    [InlineData("You are Evenkeel Guide. Answer briefly.", "Evenkeel Guide")]
    [InlineData("Your name is Max and", null)]
    [InlineData("Your name is Max!", "Max")]
    [InlineData("你的名字是“小龙”。请简短回答", "小龙")]
    public void Names_are_read_where_they_are_plain(string persona, string? name) => PersonaName.Find(persona).ShouldBe(name);
}
