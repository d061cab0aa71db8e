namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>The settings of <see cref="SimpleBlenderRender"/>, in the order in which the Blender add-on shows them.</summary>
internal static class SimpleBlenderRenderSettings
{
    /// <summary>All settings (Contracts/Flamenco/Contract.md section 7.4).</summary>
    public static readonly IReadOnlyList<JobSetting> All =
    [
        new("frames", JobSettingType.String)
        {
            Required = true,
            Eval = "f'{C.scene.frame_start}-{C.scene.frame_end}'",
            EvalInfo = new(ShowLinkButton: true, "The frame range of the scene"),
            Description = "Frames to render, for example 1-50 or 3, 8..12, 40",
        },
        new("chunk_size", JobSettingType.Int32)
        {
            Default = 1,
            PropArgs = new() { ["min"] = 1 },
            Visible = JobSettingVisibility.Submission,
            Description = "Number of frames that a worker renders in one go",
        },
        new("render_output_root", JobSettingType.String)
        {
            Subtype = JobSettingSubtype.DirPath,
            Required = true,
            Visible = JobSettingVisibility.Submission,
            Description = "Directory below which the frames of this job get a directory of their own",
        },
        new("add_path_components", JobSettingType.Int32)
        {
            Required = true,
            Default = 0,
            PropArgs = new() { ["min"] = 0, ["max"] = 32 },
            Visible = JobSettingVisibility.Submission,
            Description = "How many of the directories that the blend file is in are repeated below the root",
        },
        new("render_output_path", JobSettingType.String)
        {
            Subtype = JobSettingSubtype.FilePath,
            Editable = false,
            Eval = "str(Path(abspath(settings.render_output_root)) / last_n_dir_parts(settings.add_path_components)"
                + " / jobname / '{timestamp}' / '######')",
            Description = "Where the frames go; the hash marks become the frame number",
        },
        new("blendfile", JobSettingType.String)
        {
            Required = true,
            Visible = JobSettingVisibility.Web,
            Description = "The blend file that is rendered",
        },
        new("fps", JobSettingType.Float)
        {
            Eval = "C.scene.render.fps / C.scene.render.fps_base",
            Visible = JobSettingVisibility.Hidden,
            Description = "Frames per second of the preview video; 0 makes none",
        },
        new("format", JobSettingType.String)
        {
            Required = true,
            Eval = "C.scene.render.image_settings.file_format",
            Visible = JobSettingVisibility.Web,
            Description = "The image format",
        },
        new("image_file_extension", JobSettingType.String)
        {
            Required = true,
            Eval = "C.scene.render.file_extension",
            Visible = JobSettingVisibility.Hidden,
            Description = "The extension of the image files",
        },
        new("has_previews", JobSettingType.Bool)
        {
            Eval = "getattr(C.scene.render.image_settings, 'use_preview', False)",
            Visible = JobSettingVisibility.Hidden,
            Description = "Whether Blender writes a JPEG beside each image",
        },
        new("scene", JobSettingType.String)
        {
            Required = true,
            Eval = "C.scene.name",
            Visible = JobSettingVisibility.Web,
            Description = "The scene that is rendered",
        },
    ];
}
