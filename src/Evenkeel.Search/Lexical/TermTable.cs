using System.Numerics;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// Numbers terms in the order they come: a hash table of open addressing whose keys are hashes already, 8 bytes a term and 4 a slot.
/// </summary>
internal sealed class TermTable
{
    private const int LeastSlots = 1024;

    private int[] _slots = new int[LeastSlots];
    private ulong[] _terms = new ulong[LeastSlots / 2];

    public int Count { get; private set; }

    public long Bytes => (_slots.Length * 4L) + (_terms.Length * 8L);

    public ulong this[int number] => _terms[number];

    /// <summary>The number of a term, or -1.</summary>
    public int Find(ulong term)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)term & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot] - 1;
            if (number < 0 || _terms[number] == term)
            {
                return number;
            }
        }
    }

    /// <summary>The number of a term, a new one when it has none.</summary>
    public int FindOrAdd(ulong term)
    {
        var mask = _slots.Length - 1;
        var slot = (int)term & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_terms[_slots[slot] - 1] == term)
            {
                return _slots[slot] - 1;
            }
        }

        if (Count == _terms.Length)
        {
            Grow();
            return FindOrAdd(term);
        }

        _terms[Count] = term;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>Gives back what stands empty; call when no more terms come.</summary>
    public void Trim()
    {
        Array.Resize(ref _terms, Math.Max(1, Count));
        Rehash((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, Count * 3 / 2)));
    }

    private void Grow()
    {
        Array.Resize(ref _terms, _terms.Length * 2);
        Rehash(_slots.Length * 2);
    }

    private void Rehash(int slots)
    {
        _slots = new int[slots];
        var mask = slots - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = (int)_terms[number] & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = number + 1;
        }
    }
}
