using Farm.Server.Operations.Images;
using Farm.Tests.Operations.Images.Inspection;

namespace Farm.Tests.Operations.Images;

/// <summary>Blocks the background worker on one image until opened, so that other images queue up.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _entered = new();
    private readonly TaskCompletionSource _open = new();

    public Task PassAsync(ImageStored stored)
    {
        _entered.TrySetResult();
        return _open.Task;
    }

    /// <summary>Starts the service and returns the job whose image is being processed.</summary>
    public async Task<Guid> OccupyAsync(ImageFixture farm)
    {
        await farm.Service.StartAsync(default);
        var job = Guid.CreateVersion7();
        await farm.SendAsync(SampleImages.Jpeg(), job);
        await _entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return job;
    }

    public void Open() => _open.SetResult();
}
