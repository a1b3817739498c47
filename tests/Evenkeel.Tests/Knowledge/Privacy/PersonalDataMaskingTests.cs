using Evenkeel.Contracts.Chatbots;
using Evenkeel.Knowledge.Privacy;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Privacy;

/// <summary>What is taken out of passages, and what only looks like it and stays.</summary>
public sealed class PersonalDataMaskingTests
{
    private static readonly MaskingPolicy Everything = MaskingPolicy.Of(new ChatbotSettings { MaskPersonalData = PersonalDataKind.All });
    private readonly PersonalDataMasking _masking = new();

    [Theory]
    [InlineData("Write to ada.lovelace@example.org, please.", "Write to [e-mail address], please.")]
    [InlineData("请联系张三zhang.san@example.cn或前台。", "请联系张三［电子邮件地址］或前台。")]
    [InlineData("Ask [Ada](mailto:ada@example.org) or <info@example.org>.", "Ask [e-mail address] or [e-mail address].")]
    [InlineData("ada@example.org(office)", "[e-mail address] (office)")]
    [InlineData("Call +49 30 901820 00 now", "Call [phone number] now")]
    [InlineData("+1 (415) 555-2671", "[phone number]")]
    [InlineData("手机13812345678，座机010-62345678。", "手机［电话号码］，座机［电话号码］。")]
    [InlineData("热线：400-820-8820", "热线：［电话号码］")]
    [InlineData("Tel. 01 42 68 53 00", "Tel. [phone number]")]
    [InlineData("Telefon: 5551234", "Telefon: [phone number]")]
    [InlineData("(212) 555-0187", "[phone number]")]
    [InlineData("| card | 4111 1111 1111 1111 |", "| card | [card number] |")]
    [InlineData("卡号6222020903001483077已停用", "卡号［银行卡号］已停用")]
    [InlineData("Pay DE89 3704 0044 0532 0130 00 BIC COBADEFF", "Pay [account number] BIC COBADEFF")]
    [InlineData("GB29NWBK60161331926819.", "[account number].")]
    [InlineData("身份证11010519491231002X。", "身份证［身份证件号］。")]
    [InlineData("SSN 536-90-4399", "SSN [identity number]")]
    [InlineData("Steuer-ID 86 095 742 719", "Steuer-ID [identity number]")]
    public void Personal_data_is_replaced_by_what_it_was(string text, string masked)
    {
        var result = _masking.Mask(text, Everything);

        result.Text.ShouldBe(masked);
        result.Count.ShouldBeGreaterThan(0);
        _masking.Mask(masked, Everything).ShouldBe(new MaskedText(masked, 0));
    }

    [Theory]
    [InlineData("Version 10.0.19041.1 of 2024-01-02, 12:30 to 14:00, costs 1,299.00 EUR or 12.500.000 VND.")]
    [InlineData("ISBN 978-3-16-148410-0, ISSN 0028-0836, ISBN 0-306-40615-2, EAN 4006381333931")]
    [InlineData("RFC 9110 section 15.5.21, error 4480, port 127.0.0.1:5432, order 10000000-0000-7000-8000-000000000000")]
    [InlineData("card 4111 1111 1111 1112, DE88 3704 0044 0532 0130 00, 110105194912310021, 000-12-3456, 12345678901")]
    [InlineData("From 1990 to 2005 there were 120 000 000 people; a total of 16000000 in 1999-2001.")]
    [InlineData("Ask @ada, see a@b and x = y@z; sha 4f2a9c1e0b7d.")]
    [InlineData("会议于2026年3月15日召开，共有1234567人，编号20260315001。")]
    public void What_only_looks_like_it_stays(string text) => _masking.Mask(text, Everything).ShouldBe(new MaskedText(text, 0));

    [Fact]
    public void Only_the_kinds_of_the_policy_are_masked_and_by_default_not_what_organizations_publish()
    {
        const string Text = "Write to ada@example.org, call +49 30 90182000, pay DE89370400440532013000.";

        _masking.Mask(Text, MaskingPolicy.Of(new ChatbotSettings())).Text
            .ShouldBe("Write to ada@example.org, call +49 30 90182000, pay [account number].");
        _masking.Mask(Text, MaskingPolicy.Nothing).ShouldBe(new MaskedText(Text, 0));
    }

    [Fact]
    public void Any_text_is_survived_and_masked_once_and_for_all()
    {
        string[] fragments =
        [
            "ada@example.org", "+49 30 901820", "13812345678", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "[", "]", "(mailto:", ")", " ", "\n", "-", "0",
            "42", "。", "电话", "call ", "<", ">", "\ud83d", "@", "|",
        ];
        Prop.ForAll(Arb.From(Gen.Elements(fragments).ListOf().Select(parts => string.Concat(parts))), text =>
        {
            var masked = _masking.Mask(text, Everything).Text;
            _masking.Mask(masked, new MaskingPolicy(PersonalData.Email | PersonalData.Card | PersonalData.Iban)).Count.ShouldBe(0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
