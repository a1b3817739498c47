using System.Text;
using Evenkeel.Faults.Processes;

namespace Evenkeel.Faults.Runs;

/// <summary>What was seen last, for whoever has to find out why a run went wrong.</summary>
internal static class RunTrace
{
    public static string Of(FaultWorld world, IEnumerable<Conversation> conversations)
    {
        var text = new StringBuilder("\n");
        foreach (var conversation in conversations)
        {
            for (var number = 0; number < conversation.Devices.Count; number++)
            {
                text.AppendLine($"  -- {conversation.Name}, screen {number}").AppendJoin('\n', conversation.Devices[number].LastFrames.Select(line => $"    {line}")).AppendLine();
            }
        }

        foreach (var node in world.Nodes)
        {
            text.AppendLine($"  -- {node.Name}").AppendJoin('\n', node.Proxy!.Recent.TakeLast(80).Select(call => $"    {call}")).AppendLine().AppendLine(node.LastLines());
        }

        return text.ToString();
    }
}
