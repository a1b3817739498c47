using System.Globalization;
using System.Text;
using Evenkeel.Search;

namespace Evenkeel.Chat.Prompts;

/// <summary>
/// Puts passages between marks that nobody who wrote a document could know. What looks like such a mark, like a label, or like the control words of
/// a model's own format is disarmed in the passages: it stays readable and means nothing any more.
/// </summary>
/// <param name="nonce">New with every turn.</param>
internal sealed class MaterialBlock(string nonce)
{
    /// <summary>Marks for a turn, from an id made for it: the random part of it is not told to anybody.</summary>
    public static MaterialBlock For(Guid id) => new(id.ToString("N")[^12..]);

    /// <summary>Where the passages end and the question follows.</summary>
    public string EndMark { get; } = $"</documents-{nonce}>";

    /// <summary>The passages between the marks.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="firstLabel">The label of the first; the others follow.</param>
    public string Write(IReadOnlyList<PassageHit> passages, int firstLabel)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<documents-{nonce}>");
        for (var index = 0; index < passages.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{firstLabel + index}] ")
                .Append(NeutralText.Line(string.Join(" › ", [passages[index].Title, .. passages[index].HeadingPath])))
                .Append('\n').Append(NeutralText.Of(passages[index].Text)).Append('\n');
        }

        return text.Append(EndMark).ToString();
    }
}
