namespace Evenkeel.Catalog.Questions.Words;

/// <summary>Which characters of a question have been understood.</summary>
internal sealed class TakenText(int length)
{
    private readonly bool[] _taken = new bool[length];

    public bool IsTaken(int index) => index >= 0 && index < _taken.Length && _taken[index];

    public bool IsAnyTaken(int start, int end) => _taken.AsSpan(start, end - start).Contains(true);

    public void Take(int start, int end) => _taken.AsSpan(start, end - start).Fill(true);
}
