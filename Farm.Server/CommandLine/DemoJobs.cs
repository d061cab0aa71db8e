using Farm.Server.Store.Engine;
using Farm.Server.Worker;
using Farm.Server.Worker.Processes;

namespace Farm.Server.CommandLine;

/// <summary>The jobs of <c>farm demo</c>.</summary>
internal static class DemoJobs
{
    private static readonly TimeSpan MaxSceneTime = TimeSpan.FromMinutes(10);

    /// <summary>Two shapes that any Blender from 2.9 on renders on the CPU in about a second per frame.</summary>
    private const string Scene =
        """
        import bpy, math, sys
        scene = bpy.context.scene
        cube = bpy.data.objects['Cube']
        cube.keyframe_insert('rotation_euler', frame=1)
        cube.rotation_euler = (0.6, 0.4, math.pi)
        cube.keyframe_insert('rotation_euler', frame=24)
        bpy.ops.mesh.primitive_torus_add(major_radius=2.2, minor_radius=0.25)
        scene.frame_start, scene.frame_end = 1, 24
        scene.render.engine = 'CYCLES'
        scene.cycles.samples = 8
        scene.cycles.use_denoising = False
        scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 640, 360, 100
        bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
        """;

    /// <summary>Submits a job whose frames the executable draws itself, and returns its id.</summary>
    public static Task<string> SubmitSampleAsync(ManagerConnection manager, DataDirectory directory, CancellationToken cancellationToken) => SubmitAsync(
        manager, "sample-animation", "Sample animation",
        ["frames=1-24", "chunk_size=3", "pause_ms=300", $"render_output_path={Output(directory, "sample")}"], cancellationToken);

    /// <summary>Creates a scene with Blender and submits it; null without Blender.</summary>
    public static async Task<string?> SubmitBlenderAsync(
        ManagerConnection manager, DataDirectory directory, TextWriter output, CancellationToken cancellationToken)
    {
        if (ExecutableFinder.Find("blender") is not { } blender)
        {
            await output.WriteLineAsync("Blender is not on the PATH, so only the sample animation is rendered.");
            return null;
        }

        var scene = Path.Combine(directory.Root, "demo.blend");
        if (!File.Exists(scene) && !await MakeSceneAsync(blender, scene, cancellationToken))
        {
            await output.WriteLineAsync($"{blender} could not create the scene, so only the sample animation is rendered.");
            return null;
        }

        return await SubmitAsync(
            manager, "simple-blender-render", "Blender demo",
            [
                $"blendfile={scene}", "frames=1-24", "chunk_size=4", "format=PNG", "image_file_extension=.png", "fps=24", "scene=Scene",
                $"render_output_root={Path.Combine(directory.Root, "output")}", $"render_output_path={Output(directory, "blender")}",
            ],
            cancellationToken);
    }

    private static string Output(DataDirectory directory, string name) => Path.Combine(directory.Root, "output", name, "{timestamp}", "######");

    private static async Task<string> SubmitAsync(
        ManagerConnection manager, string type, string name, string[] settings, CancellationToken cancellationToken) =>
        (string)(await SubmitCommand.SubmitAsync(manager, type, settings, name, 50, cancellationToken))["id"]!;

    private static async Task<bool> MakeSceneAsync(string blender, string scene, CancellationToken cancellationToken)
    {
        var programs = new ProcessRunner(TimeProvider.System, ProgramLimits.Default with { Time = MaxSceneTime });
        try
        {
            var code = await programs.RunAsync(
                blender, ["-b", "--factory-startup", "--python-expr", Scene, "--", scene], $"{Guid.NewGuid():N}", static _ => Task.CompletedTask, cancellationToken);
            return code == 0 && File.Exists(scene);
        }
        catch (TaskCommandException)
        {
            return false;
        }
    }
}
