using Farm.Server.Operations.Images.Inspection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Processing;

namespace Farm.Server.Operations.Images;

/// <summary>Stores a received image in its job directory as three JPEGs, or unchanged if it cannot be decoded.</summary>
internal sealed class PreviewMaker(ImageSettings settings, TimeProvider time)
{
    private static readonly JpegEncoder Encoder = new() { Quality = 85, ColorType = JpegColorType.YCbCrRatio420 };

    /// <summary>Stores an image. Each file is replaced by a rename, so that readers never see half an image.</summary>
    /// <returns>Why the image was stored unchanged, in one sentence; null if it was resized.</returns>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public string? Store(ReceivedImage image, CancellationToken cancellationToken)
    {
        var (previews, problem) = TryMake(image, cancellationToken);
        if (problem is not null)
        {
            KeepOriginal(image);
            return problem;
        }

        var files = LastRenderedSize.All.Select(size => $"{image.Path}.{size.FileName}").ToList();
        try
        {
            for (var i = 0; i < files.Count; i++)
            {
                File.WriteAllBytes(files[i], previews[i]);
                FolderAccess.Follow(files[i]);
            }

            Publish(image.JobId, files);
            return null;
        }
        finally
        {
            files.ForEach(File.Delete);
        }
    }

    private (IReadOnlyList<byte[]> Previews, string? Problem) TryMake(ReceivedImage image, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var memory = new BoundedAllocator(settings.MaxDecodedBytes);
            return (Make(image, memory, either.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], $"it took more than {settings.Timeout.TotalSeconds:0.#} seconds");
        }
        // Arbitrary input can make a decoder throw any exception.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ([], e.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Makes each size from the next larger one.</summary>
    private static List<byte[]> Make(ReceivedImage image, BoundedAllocator memory, CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(image.Path);
        using var picture = StillDecoder.Decode(file, image.Verdict, memory, cancellationToken);
        List<byte[]> previews = [];
        foreach (var size in LastRenderedSize.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (width, height) = size.Fit(image.Verdict.Width, image.Verdict.Height);
            if (picture.Size() != new Size(width, height))
                picture.Mutate(change => change.Resize(width, height, KnownResamplers.Bicubic));
            // JPEG has no transparency, so the background becomes black; done after the first resize, when there are fewer pixels.
            if (previews is [] && image.Verdict.Format == ImageFormat.Png)
                picture.Mutate(change => change.BackgroundColor(Color.Black));
            using var preview = new MemoryStream();
            picture.Save(preview, Encoder);
            previews.Add(preview.ToArray());
        }
        return previews;
    }

    private void KeepOriginal(ReceivedImage image)
    {
        Publish(image.JobId, [image.Path]);
        var directory = JobDirectory.Of(settings.ArtifactsDirectory, image.JobId);
        foreach (var smaller in LastRenderedSize.All.Skip(1))
            File.Delete(Path.Combine(directory, smaller.FileName));
    }

    private void Publish(Guid job, IReadOnlyList<string> files)
    {
        var directory = JobDirectory.Of(settings.ArtifactsDirectory, job);
        FolderAccess.CreateDirectory(directory);
        for (var i = 0; i < files.Count; i++)
            File.Move(files[i], Path.Combine(directory, LastRenderedSize.All[i].FileName), overwrite: true);
    }
}
