using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands;

public sealed class BlenderRenderCommandTests : IDisposable
{
    private const string SmallScene = """
        import bpy
        render = bpy.context.scene.render
        render.engine = 'CYCLES'
        bpy.context.scene.cycles.samples = 1
        bpy.context.scene.cycles.use_denoising = False
        render.resolution_x, render.resolution_y = 32, 18
        render.use_overwrite = False
        """;

    private readonly CommandFixture _fixture = new();

    [NeedsToolFact("printf")]
    public async Task Arguments_are_in_the_order_of_the_contract()
    {
        await _fixture.RunAsync("blender-render", new
        {
            exe = "printf",
            exeArgs = "'%s|'",
            argsBefore = new[] { "before" },
            blendfile = "shot a.blend",
            args = new[] { "--render-frame", "1..2" },
        });
        Assert.EndsWith("> before|shot a.blend|--render-frame|1..2|", Assert.Single(_fixture.Log));
    }

    [NeedsToolFact("printf")]
    public async Task An_empty_blend_file_adds_no_argument()
    {
        await _fixture.RunAsync("blender-render", new { exe = "printf", exeArgs = "%s|", blendfile = "", args = new[] { "a" } });
        Assert.EndsWith("> a|", Assert.Single(_fixture.Log));
    }

    [NeedsToolFact("sh")]
    public async Task The_task_fails_when_no_expected_frame_was_rendered()
    {
        var error = await _fixture.FailAsync("blender-render", new { exe = "sh", exeArgs = "-c 'echo Error: no camera'" }, expectedSteps: 3);
        Assert.Equal("exit code 0, but none of the 3 expected frames was rendered", error.Message);
    }

    [NeedsToolFact("sh")]
    public async Task Missing_frames_are_logged()
    {
        await _fixture.RunAsync("blender-render", new { exe = "sh", exeArgs = "-c 'echo \" Time: 00:00.26 (Saving: 00:00.19)\"'" }, expectedSteps: 2);
        Assert.Equal(1, _fixture.Steps);
        Assert.Contains("blender-render: 1 of 2 expected frames were reported", _fixture.Log);
    }

    [NeedsToolFact("blender")]
    public async Task Each_rendered_or_skipped_frame_is_a_step()
    {
        var scene = _fixture.Directory.File("scene.py");
        await File.WriteAllTextAsync(scene, SmallScene);
        await RenderAsync("1..2", expectedSteps: 2);
        Assert.Equal(2, _fixture.Steps);
        Assert.Equal([_fixture.Directory.File("out/000001.png"), _fixture.Directory.File("out/000002.png")], _fixture.Frames);
        Assert.All(_fixture.Frames, frame => Assert.True(File.Exists(frame)));

        await RenderAsync("1..3", expectedSteps: 3);
        Assert.Equal(2 + 3, _fixture.Steps);
        Assert.Equal(3, _fixture.Frames.Count);

        Task RenderAsync(string frames, int expectedSteps) => _fixture.RunAsync(
            "blender-render",
            new
            {
                exe = "blender",
                exeArgs = "-b -noaudio --factory-startup",
                argsBefore = new[] { "--python", scene },
                blendfile = "",
                args = new[] { "--render-output", _fixture.Directory.File("out/######"), "--render-format", "PNG", "--render-frame", frames },
            },
            expectedSteps);
    }

    public void Dispose() => _fixture.Dispose();
}
