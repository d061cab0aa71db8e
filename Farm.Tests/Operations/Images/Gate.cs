using Farm.Server.Operations.Images;
using Farm.Tests.Operations.Images.Inspection;

namespace Farm.Tests.Operations.Images;

/// <summary>Keeps the background worker busy with one image until it is opened, so that others wait behind it.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _entered = new();
    private readonly TaskCompletionSource _open = new();

    public Task PassAsync(ImageStored stored)
    {
        _entered.TrySetResult();
        return _open.Task;
    }

    /// <summary>Starts the service and returns the job whose image is now in work.</summary>
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
