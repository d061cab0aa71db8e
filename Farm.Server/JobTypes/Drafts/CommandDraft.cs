using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>One command of a task, as sent to a worker (Contracts/Flamenco/Contract.md section 7.5), with variables not yet expanded.</summary>
/// <param name="Name">The command, such as <c>blender-render</c> or <c>echo</c>.</param>
/// <param name="Parameters">Any JSON values. The draft owns this object: it must have no parent and must not be changed by others.</param>
/// <param name="TotalStepCount">Number of steps that the worker will report for this command; 0 if it reports none.</param>
internal sealed record CommandDraft(string Name, JsonObject Parameters, int TotalStepCount);
