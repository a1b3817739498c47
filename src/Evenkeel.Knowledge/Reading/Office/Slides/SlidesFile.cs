using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace Evenkeel.Knowledge.Reading.Office.Slides;

/// <summary>PPTX: a section for every slide that is shown, with its title, texts by their levels, tables and the speaker's notes.</summary>
internal sealed class SlidesFile(PresentationDocument document, ReadingLimits limits, CancellationToken cancellationToken)
{
    private readonly Outline _outline = new();

    public DocumentStructure Read()
    {
        var presentation = document.PresentationPart ?? throw new ReadFailedException(KnowledgeReasons.Corrupt);
        var slides = (presentation.Presentation?.SlideIdList?.Elements<SlideId>() ?? []).ToList();
        for (var index = 0; index < slides.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (slides[index].RelationshipId?.Value is { } id && presentation.TryGetPartById(id, out var part) && part is SlidePart slide && slide.Slide?.Show?.Value != false)
            {
                AddSlide(slide, new PassagePlace { Slide = index + 1 });
                limits.Check(_outline.Characters);
            }
        }

        return _outline.Finish(slides.Count);
    }

    private void AddSlide(SlidePart slide, PassagePlace place)
    {
        var shapes = Shapes(slide.Slide?.CommonSlideData?.ShapeTree).ToList();
        var title = shapes.OfType<Shape>().FirstOrDefault(IsTitle);
        if (title is not null && MarkdownTable.Flat(SlideText.Plain(title.TextBody)) is { Length: > 0 } name)
        {
            _outline.Open(1, name, place);
        }
        else
        {
            _outline.Leave();
        }

        foreach (var shape in shapes.Where(shape => shape != title))
        {
            Add(shape, place);
        }

        foreach (var diagram in slide.DiagramDataParts)
        {
            var texts = diagram.DataModelRoot?.Descendants<Drawing.Paragraph>().Select(SlideText.Plain).Where(text => text.Length > 0).ToList() ?? [];
            _outline.Add(TextUnit.List([.. texts.Select(text => $"- {text}")]).At(place));
        }

        AddNotes(slide, place);
    }

    private void Add(OpenXmlElement shape, PassagePlace place)
    {
        switch (shape)
        {
            case Shape { TextBody: { } body } text when !IsFurniture(text):
                foreach (var unit in SlideText.Units(body, IsBody(text)))
                {
                    _outline.Add(unit.At(place));
                }

                break;
            case GraphicFrame frame:
                foreach (var table in frame.Descendants<Drawing.Table>())
                {
                    var rows = table.Elements<Drawing.TableRow>().Select(row => row.Elements<Drawing.TableCell>().Select(cell => SlideText.Plain(cell.TextBody)).ToList());
                    _outline.Add(MarkdownTable.Of([.. rows]).At(place));
                }

                break;
            default:
                break;
        }
    }

    private void AddNotes(SlidePart slide, PassagePlace place)
    {
        var notes = Shapes(slide.NotesSlidePart?.NotesSlide?.CommonSlideData?.ShapeTree).OfType<Shape>()
            .Where(shape => Placeholder(shape)?.Type?.Value == PlaceholderValues.Body);
        foreach (var unit in notes.Where(shape => shape.TextBody is not null).SelectMany(shape => SlideText.Units(shape.TextBody!, areBullets: false)))
        {
            _outline.Add(unit.At(place));
        }
    }

    /// <summary>Shapes in the order in which they are read, groups opened.</summary>
    private static IEnumerable<OpenXmlElement> Shapes(OpenXmlElement? parent) => parent is null ? [] : parent.ChildElements.SelectMany(child => child switch
    {
        GroupShape => Shapes(child),
        AlternateContent alternatives => Shapes(alternatives.GetFirstChild<AlternateContentChoice>()),
        _ => [child],
    });

    private static PlaceholderShape? Placeholder(Shape shape) => shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape;

    private static bool IsTitle(Shape shape) =>
        Placeholder(shape)?.Type?.Value is { } type && (type == PlaceholderValues.Title || type == PlaceholderValues.CenteredTitle);

    /// <summary>What stands on every slide.</summary>
    private static bool IsFurniture(Shape shape) =>
        Placeholder(shape)?.Type?.Value is { } type
        && (type == PlaceholderValues.SlideNumber || type == PlaceholderValues.DateAndTime || type == PlaceholderValues.Footer || type == PlaceholderValues.Header);

    /// <summary>Its paragraphs have bullets unless they say that they have none.</summary>
    private static bool IsBody(Shape shape) =>
        Placeholder(shape) is { } placeholder && (placeholder.Type?.Value is not { } type || type == PlaceholderValues.Body || type == PlaceholderValues.Object);
}
