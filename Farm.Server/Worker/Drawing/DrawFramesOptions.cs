namespace Farm.Server.Worker.Drawing;

/// <summary>Which frames of the sample animation to draw, and where to.</summary>
/// <param name="Output">The path of the files; hash marks become the frame number.</param>
/// <param name="Frames">The frames to draw, in this order.</param>
/// <param name="FramesTotal">How many frames the whole loop has.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pause">How long to rest after each frame.</param>
internal sealed record DrawFramesOptions(string Output, IReadOnlyList<int> Frames, int FramesTotal, int Width, int Height, TimeSpan Pause);
