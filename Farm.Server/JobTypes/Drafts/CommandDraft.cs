using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>One step of a task, as a worker will be handed it (Contracts/Flamenco/Contract.md section 7.5). Variables are unexpanded.</summary>
/// <param name="Name">What to do: <c>blender-render</c>, <c>echo</c> …</param>
/// <param name="Parameters">Any JSON values. The draft owns this object: it has no parent and nobody else changes it.</param>
/// <param name="TotalStepCount">How many steps the worker will report for this command; 0 if it counts none.</param>
internal sealed record CommandDraft(string Name, JsonObject Parameters, int TotalStepCount);
