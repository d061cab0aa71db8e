using Farm.Server.Contracts.Aspire;
using Farm.Server.Contracts.Deadline;
using Farm.Server.Contracts.Farm;
using Farm.Server.Contracts.Flamenco;
using Farm.Server.Contracts.FlowServ;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;

namespace Farm.Server.Contracts;

/// <summary>The protocols of the farm. A new protocol is a folder beside this file and a line here.</summary>
internal static class ProtocolModules
{
    /// <summary>All protocols, in the order in which their routes are mapped and their tables created.</summary>
    public static IReadOnlyList<IProtocolModule> All { get; } =
    [
        new FlamencoModule(),
        new DeadlineModule(),
        new TaskTrackerModule(),
        new FlowServModule(),
        new AspireModule(),
        new FarmModule(),
    ];
}
