using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Rows in the format of PostgreSQL's binary COPY. They are written before their numbers are known, which are put in when the transaction has them: so one
/// batch is made while the one before is on its way.
/// </summary>
internal sealed class CopyRows
{
    /// <summary>In the order in which <see cref="Add"/> writes.</summary>
    public const string Columns =
        "id, organization_id, session_id, seq, message_id, turn_id, correlation_id, occurred_at, processing_ms, attempt, "
        + "event_type, event_status, error_type, error_severity, event_data, retention";

    private const short ColumnCount = 16;
    private const byte JsonbVersion = 1;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly List<(int Position, Guid Session, int Place)> _numbers = [];
    private byte[] _buffer;
    private int _length;

    public CopyRows(int expectedRows)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(256 + (expectedRows * 400));
        Header.CopyTo(_buffer, 0);
        _length = Header.Length;
    }

    /// <summary>Rows held.</summary>
    public int Count => _numbers.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="row">What is recorded.</param>
    /// <param name="place">Which of its session's rows in the batch it is, from 1.</param>
    public void Add(Guid id, in PreparedEntry row, int place)
    {
        var entry = row.Entry;
        Short(ColumnCount);
        Uuid(id);
        Uuid(entry.OrganizationId);
        Uuid(entry.SessionId);
        _numbers.Add((_length + 4, entry.SessionId, place));
        Long(0);
        Uuid(entry.MessageId);
        Uuid(entry.TurnId);
        Uuid(entry.CorrelationId);
        Long((entry.Timestamp.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);
        Double(entry.ProcessingTime?.TotalMilliseconds);
        Int(4);
        Int(entry.Attempt);
        Text(entry.EventType);
        Text(entry.EventStatus);
        Text(row.ErrorType);
        Text(entry.ErrorSeverity);
        Json(row.Data);
        Text(row.Retention);
    }

    /// <summary>Puts the numbers in and ends the rows; may be called again when the write is tried again.</summary>
    /// <param name="before">The number before the batch's first of each session.</param>
    /// <returns>What is sent; valid until <see cref="Return"/>.</returns>
    public ReadOnlyMemory<byte> Finish(Dictionary<Guid, long> before)
    {
        foreach (var (position, session, place) in _numbers)
        {
            BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(position), before[session] + place);
        }

        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        return _buffer.AsMemory(0, _length + 2);
    }

    /// <summary>Gives the memory back.</summary>
    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), value);
        _length += 2;
    }

    private void Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value);
        _length += 4;
    }

    private void Long(long value)
    {
        var room = Room(12);
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[4..], value);
        _length += 12;
    }

    private void Double(double? value)
    {
        if (value is { } number)
        {
            Long(BitConverter.DoubleToInt64Bits(number));
        }
        else
        {
            Int(-1);
        }
    }

    private void Uuid(Guid? value)
    {
        if (value is not { } id)
        {
            Int(-1);
            return;
        }

        var room = Room(20);
        BinaryPrimitives.WriteInt32BigEndian(room, 16);
        id.TryWriteBytes(room[4..], bigEndian: true, out _);
        _length += 20;
    }

    private void Text(string? value)
    {
        if (value is null)
        {
            Int(-1);
            return;
        }

        // What is no character (half a pair) becomes the replacement character: PostgreSQL would refuse it.
        var room = Room(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var bytes = Encoding.UTF8.GetBytes(value, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, bytes);
        _length += 4 + bytes;
    }

    private void Json(ReadOnlyMemory<byte>? value)
    {
        if (value is not { } json)
        {
            Int(-1);
            return;
        }

        var room = Room(5 + json.Length);
        BinaryPrimitives.WriteInt32BigEndian(room, 1 + json.Length);
        room[4] = JsonbVersion;
        json.Span.CopyTo(room[5..]);
        _length += 5 + json.Length;
    }
}
