namespace Farm.Server.Operations.Images;

/// <summary>
/// Counts images that were accepted and not yet processed. An image replaced by a newer one while waiting counts
/// until its job was processed: it has been received and checked too, and a burst for one job must stay within the limit.
/// Not thread-safe; the owner must lock.
/// </summary>
internal sealed class ImageQuota(ImageSettings settings)
{
    private readonly Dictionary<Guid, int> _perJob = [];
    private int _images;
    private long _bytes;

    public int Images => _images;

    public long Bytes => _bytes;

    /// <summary>Reserves room for an image; false if the limit of the farm or the job is reached.</summary>
    public bool TryReserve(Guid job, long bytes)
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

    /// <summary>Releases reservations; call once for each successful <see cref="TryReserve"/>.</summary>
    public void Release(Guid job, int images, long bytes)
    {
        _images -= images;
        _bytes -= bytes;
        if ((_perJob[job] -= images) == 0)
            _perJob.Remove(job);
    }
}
