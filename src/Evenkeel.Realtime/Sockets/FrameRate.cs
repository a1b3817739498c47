using System.Runtime.InteropServices;

namespace Evenkeel.Realtime.Sockets;

/// <summary>A token bucket of one connection: so many frames a second in the long run, a burst after a pause.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FrameRate(int perSecond, int burst)
{
    private double _left = burst;
    private long _last;

    /// <summary>Takes one; false when the client sends too fast.</summary>
    public bool TryTake(TimeProvider time)
    {
        var now = time.GetTimestamp();
        if (_last != 0)
        {
            _left = Math.Min(burst, _left + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        }

        _last = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
