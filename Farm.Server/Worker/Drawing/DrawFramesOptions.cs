namespace Farm.Server.Worker.Drawing;

/// <summary>The options of <c>farm draw-frames</c>.</summary>
/// <param name="Output">The path of the files; # characters become the frame number.</param>
/// <param name="Frames">The frames to draw, in this order.</param>
/// <param name="FramesTotal">The number of frames of the whole loop.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pause">The pause after each frame.</param>
internal sealed record DrawFramesOptions(string Output, IReadOnlyList<int> Frames, int FramesTotal, int Width, int Height, TimeSpan Pause);
