using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The <c>blender-render</c> command (Contracts/Flamenco/Contract.md section 7.5).</summary>
internal static class BlenderCommand
{
    /// <summary>Runs <c>exe exeArgs blendFile arguments</c>; one step for each frame.</summary>
    /// <param name="exe">The executable, as a rule a variable.</param>
    /// <param name="exeArgs">One text, which the worker splits as a shell does.</param>
    /// <param name="blendFile">May be empty.</param>
    /// <param name="arguments">Handed over as they are.</param>
    /// <param name="frames">The frames that the arguments name.</param>
    public static CommandDraft Render(
        string exe, string exeArgs, string blendFile, IEnumerable<string> arguments, FrameRange frames) => new(
        "blender-render",
        new JsonObject
        {
            ["exe"] = exe,
            ["exeArgs"] = exeArgs,
            ["argsBefore"] = new JsonArray(),
            ["blendfile"] = blendFile,
            ["args"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]),
        },
        (int)Math.Min(frames.Count, int.MaxValue));
}
