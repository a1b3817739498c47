using System.Text;
using System.Text.RegularExpressions;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Privacy;

namespace Evenkeel.Knowledge.Privacy;

/// <summary>Masks by form. Finds of all kinds are gathered first and replaced in one go, so that none is made of another's remains.</summary>
internal sealed partial class PersonalDataMasking : IPersonalDataMasking
{
    private const int Limit = 1_000;
    private const int MostFinds = 10_000;

    public MaskedText Mask(string text, MaskingPolicy policy)
    {
        if (policy.Kinds == PersonalData.None || !MayHoldAny(text))
        {
            return new MaskedText(text, 0);
        }

        try
        {
            var count = 0;
            // Where finds overlap one is left over: what remains is looked at again.
            for (var finds = Find(text, policy); finds.Count > 0 && count < MostFinds; finds = Find(text, policy))
            {
                count += finds.Count;
                text = Replace(text, finds, IsChinese(text));
            }

            return new MaskedText(text, count);
        }
        catch (RegexMatchTimeoutException)
        {
            return new MaskedText(IsChinese(text) ? "［内容已隐去］" : "[withheld]", 1);
        }
    }

    private static bool IsChinese(string text) => TextLanguage.Of(text) == TextLanguage.Chinese;

    private static bool MayHoldAny(string text) => text.AsSpan().ContainsAnyInRange('0', '9') || text.Contains('@', StringComparison.Ordinal);

    private static List<Piece> Find(string text, MaskingPolicy policy)
    {
        var finds = new List<Piece>();
        void Add(PersonalData kind, Regex form, Func<string, bool> isOne)
        {
            if (policy.Masks(kind))
            {
                finds.AddRange(form.Matches(text).Where(match => isOne(match.Value)).Select(match => new Piece(match.Index, match.Index + match.Length, kind)));
            }
        }

        Add(PersonalData.Email, PersonalDataForms.Email, _ => true);
        if (policy.Masks(PersonalData.Iban))
        {
            finds.AddRange(PersonalDataForms.IbanHead.Matches(text)
                .Select(match => (Start: match.Index, End: Ibans.EndOf(text, match.Index, match.Groups["country"].Value)))
                .Where(found => found.End is not null).Select(found => new Piece(found.Start, found.End!.Value, PersonalData.Iban)));
        }

        Add(PersonalData.IdentityNumber, PersonalDataForms.ChineseId, id => PersonalNumbers.IsChineseId(id));
        Add(PersonalData.Card, PersonalDataForms.Card, PersonalDataForms.IsCard);
        Add(PersonalData.IdentityNumber, PersonalDataForms.SocialSecurityNumber, PersonalDataForms.IsSocialSecurityNumber);
        Add(PersonalData.Phone, PhoneNumbers.Announced, PhoneNumbers.IsAnnounced);
        Add(PersonalData.Phone, PhoneNumbers.Unannounced, PhoneNumbers.IsUnannounced);
        Add(PersonalData.IdentityNumber, PersonalDataForms.GermanTaxId, PersonalDataForms.IsGermanTaxId);
        return finds;
    }

    private static string Replace(string text, List<Piece> finds, bool isChinese)
    {
        var masked = new StringBuilder(text.Length);
        var position = 0;
        foreach (var find in finds.Select(find => WithMarkup(text, find)).OrderBy(find => find.Start).ThenByDescending(find => find.End))
        {
            if (find.Start < position)
            {
                continue;
            }

            masked.Append(text, position, find.Start - position).Append(Placeholder(find.Kind, isChinese));
            position = find.End;
            if (position < text.Length && text[position] is '(' or '[')
            {
                // Brackets that follow brackets would make a link of the two.
                masked.Append(' ');
            }
        }

        return masked.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>A link to write or call goes as a whole: its words and its address say the same.</summary>
    private static Piece WithMarkup(string text, Piece find)
    {
        foreach (Match link in ContactLink.Matches(text))
        {
            if (link.Index <= find.Start && find.End <= link.Index + link.Length)
            {
                return find with { Start = link.Index, End = link.Index + link.Length };
            }
        }

        return find;
    }

    // Labels of citations are numbers in brackets; these are words, so nothing that reads labels takes one for one.
    private static string Placeholder(PersonalData kind, bool isChinese) => (kind, isChinese) switch
    {
        (PersonalData.Email, false) => "[e-mail address]",
        (PersonalData.Email, true) => "［电子邮件地址］",
        (PersonalData.Phone, false) => "[phone number]",
        (PersonalData.Phone, true) => "［电话号码］",
        (PersonalData.Card, false) => "[card number]",
        (PersonalData.Card, true) => "［银行卡号］",
        (PersonalData.Iban, false) => "[account number]",
        (PersonalData.Iban, true) => "［银行账号］",
        (_, false) => "[identity number]",
        (_, true) => "［身份证件号］",
    };

    [GeneratedRegex(@"\[[^\[\]\n]{0,200}\]\((?:mailto|tel):[^()\s]{1,200}\)|<(?:mailto:|tel:)?[^<>\s]{3,120}>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Limit)]
    private static partial Regex ContactLink { get; }

    private readonly record struct Piece(int Start, int End, PersonalData Kind);
}
