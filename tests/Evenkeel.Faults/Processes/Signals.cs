using System.Runtime.InteropServices;

namespace Evenkeel.Faults.Processes;

/// <summary>Signals to processes by their number.</summary>
public static partial class Signals
{
    private const int Quit = 3;
    private const int KillSignal = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>SIGKILL: not one more instruction.</summary>
    public static void Kill(int process) => _ = Send(process, KillSignal);

    /// <summary>SIGTERM: a polite stop.</summary>
    public static void Ask(int process) => _ = Send(process, Terminate);

    /// <summary>SIGSTOP: frozen where it stands.</summary>
    public static void Freeze(int process) => _ = Send(process, Stop);

    /// <summary>SIGCONT: goes on as if no time had passed.</summary>
    public static void Thaw(int process) => _ = Send(process, Continue);

    /// <summary>SIGQUIT: to a postmaster what <c>pg_ctl stop -m immediate</c> sends.</summary>
    public static void StopImmediately(int postmaster) => _ = Send(postmaster, Quit);

    // It fails only where the process is gone already, which is as good.
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
