using System.Collections.Frozen;
using Evenkeel.Contracts.Chatbots;

namespace Evenkeel.Knowledge.Privacy;

/// <summary>Kinds of personal data that are found by their form.</summary>
[Flags]
public enum PersonalData
{
    None = 0,
    Email = 1,
    Phone = 2,
    Card = 4,
    Iban = 8,

    /// <summary>Identity numbers of China, social security numbers of the United States, tax numbers of Germany.</summary>
    IdentityNumber = 16,
}

/// <summary>What is masked in passages before anybody, person or model, gets them.</summary>
/// <param name="Kinds">The kinds that are.</param>
public readonly record struct MaskingPolicy(PersonalData Kinds)
{
    private static readonly FrozenDictionary<string, PersonalData> ByName = new Dictionary<string, PersonalData>(StringComparer.Ordinal)
    {
        [PersonalDataKind.Email] = PersonalData.Email,
        [PersonalDataKind.Phone] = PersonalData.Phone,
        [PersonalDataKind.Card] = PersonalData.Card,
        [PersonalDataKind.Iban] = PersonalData.Iban,
        [PersonalDataKind.IdentityNumber] = PersonalData.IdentityNumber,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Leaves everything.</summary>
    public static MaskingPolicy Nothing => new(PersonalData.None);

    /// <summary>The policy a chatbot's settings ask for.</summary>
    public static MaskingPolicy Of(ChatbotSettings settings)
    {
        var kinds = PersonalData.None;
        foreach (var name in settings.MaskPersonalData)
        {
            kinds |= ByName.GetValueOrDefault(name);
        }

        return new MaskingPolicy(kinds);
    }

    /// <summary>Whether <paramref name="kind"/> is masked.</summary>
    public bool Masks(PersonalData kind) => (Kinds & kind) != PersonalData.None;
}

/// <summary>A text without the personal data its policy names.</summary>
/// <param name="Text">The text; the very one that was given where nothing was found.</param>
/// <param name="Count">Pieces replaced.</param>
public readonly record struct MaskedText(string Text, int Count);

/// <summary>Replaces personal data by words that say what stood there.</summary>
public interface IPersonalDataMasking
{
    /// <summary>
    /// <paramref name="text"/> (Markdown) with every find replaced by a placeholder in the text's language. What cannot be told in time is
    /// replaced as a whole: masking fails closed.
    /// </summary>
    MaskedText Mask(string text, MaskingPolicy policy);
}
