using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>
/// Puts a document's headings and blocks together, in their order: the first heading before any text is the title, others make the path of
/// what follows. A heading with nothing under it, not even smaller headings, stands for itself.
/// </summary>
/// <param name="takesTitle">False where headings never are the document's title, as the names of sheets.</param>
internal sealed class Outline(bool takesTitle = true)
{
    private readonly List<Section> _sections = [];
    private readonly List<(int Level, string Text, PassagePlace? Place)> _headings = [];
    private List<TextUnit> _units = [];
    private bool _isHeadingBare;

    /// <summary>The first heading, unless it was given by the format.</summary>
    public string? Title { get; set; }

    /// <summary>Characters taken so far.</summary>
    public long Characters { get; private set; }

    /// <summary>Begins a section.</summary>
    /// <param name="level">1 is the outermost.</param>
    /// <param name="name">Without markup; nothing begins when it is empty.</param>
    /// <param name="place">Where the heading stands.</param>
    public void Open(int level, string name, PassagePlace? place = null)
    {
        if (name.Length == 0)
        {
            return;
        }

        Close(level);
        Characters += name.Length;
        var isTitle = takesTitle && Title is null;
        Title ??= takesTitle ? name : null;
        if (isTitle && _sections.Count == 0)
        {
            return;
        }

        _headings.RemoveAll(open => open.Level >= level);
        _headings.Add((level, name, place));
        _isHeadingBare = true;
    }

    /// <summary>Adds a block under the last heading.</summary>
    public void Add(TextUnit unit)
    {
        if (unit.Text.Length > 0)
        {
            Characters += unit.Text.Length;
            _units.Add(unit);
        }
    }

    /// <summary>Ends the section: what follows stands under no heading.</summary>
    public void Leave()
    {
        Close(nextLevel: 0);
        _headings.Clear();
    }

    /// <summary>Ends the document.</summary>
    public DocumentStructure Finish(int? pages = null)
    {
        Close(nextLevel: 0);
        return new DocumentStructure(Title, _sections) { Pages = pages };
    }

    private void Close(int nextLevel)
    {
        if (_isHeadingBare && _units.Count == 0 && nextLevel <= _headings[^1].Level)
        {
            _units.Add(TextUnit.Paragraph(_headings[^1].Text).At(_headings[^1].Place));
        }

        if (_units.Count > 0)
        {
            _sections.Add(new Section([.. _headings.Select(heading => heading.Text)], _units));
            _units = [];
        }

        _isHeadingBare = false;
    }
}
