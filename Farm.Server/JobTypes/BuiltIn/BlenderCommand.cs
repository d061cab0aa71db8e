using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The <c>blender-render</c> command (Contracts/Flamenco/Contract.md section 7.5).</summary>
internal static class BlenderCommand
{
    /// <summary>Runs <c>exe exeArgs blendFile arguments</c>; counts one step per frame.</summary>
    /// <param name="exe">The executable, usually a variable.</param>
    /// <param name="exeArgs">A single string, which the worker splits like a shell.</param>
    /// <param name="blendFile">May be empty.</param>
    /// <param name="arguments">Passed on unchanged.</param>
    /// <param name="frames">The frames that the arguments render.</param>
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
