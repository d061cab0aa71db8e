namespace Farm.Server.Operations.Images;

/// <summary>
/// Counts the images that the farm has taken in and not finished. An image that a newer one replaced while it waited counts on
/// until its job has been dealt with: it was received and checked all the same, and a burst for one job must meet the bound too.
/// Not thread-safe; its owner locks.
/// </summary>
internal sealed class ImageQuota(ImageSettings settings)
{
    private readonly Dictionary<Guid, int> _perJob = [];
    private int _images;
    private long _bytes;

    public int Images => _images;

    public long Bytes => _bytes;

    /// <summary>False when the farm or the job has its fill.</summary>
    public bool TryTake(Guid job, long bytes)
    {
        var ofJob = _perJob.GetValueOrDefault(job);
        if (_images >= settings.MaxImages || ofJob >= settings.MaxImagesPerJob)
            return false;
        if (_images > 0 && _bytes + bytes > settings.MaxBytes)
            return false;
        _images++;
        _bytes += bytes;
        _perJob[job] = ofJob + 1;
        return true;
    }

    /// <summary>Gives back what <see cref="TryTake"/> took, once for each time.</summary>
    public void Release(Guid job, int images, long bytes)
    {
        _images -= images;
        _bytes -= bytes;
        if ((_perJob[job] -= images) == 0)
            _perJob.Remove(job);
    }
}
