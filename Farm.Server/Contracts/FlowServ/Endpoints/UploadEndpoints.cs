using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>The files that groups upload for their runs (Contracts/FlowServ/Contract.md section 4.4).</summary>
internal sealed class UploadEndpoints(Callers callers, WorkflowGroups groups, GroupUploads uploads, FlowServSettings settings)
{
    private const int LongestBoundary = 256;

    /// <summary>So much of what nobody wants is read, so that a client which sends everything before it listens gets the answer.</summary>
    private const long MostReadAway = 512L * 1024 * 1024;

    /// <summary>Takes the first file of a form.</summary>
    public async Task AddAsync(HttpContext context)
    {
        try
        {
            var token = Callers.Token(context);
            var form = Form(context);
            var group = groups.Find(context.Route("userGroupId"));
            callers.Member(token, group);
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
            var upload = await TakeAsync(form, group, context.RequestAborted);
            await context.AnswerAsync(Mapping.Upload(upload), FlowServJson.Wire.UploadMessage, StatusCodes.Status201Created);
        }
        catch (Exception error) when (!context.Response.HasStarted && FlowServErrors.Translate(error) is { } refusal)
        {
            await context.WriteErrorAsync(refusal);
            await ReadAwayAsync(context);
        }
    }

    /// <summary>The uploads of a group.</summary>
    public Task ListAsync(HttpContext context)
    {
        var group = Group(context);
        return context.AnswerAsync(new UploadsMessage([.. uploads.Of(group.Id).Select(Mapping.Upload)]), FlowServJson.Wire.UploadsMessage);
    }

    /// <summary>Removes an upload.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var group = Group(context);
        await uploads.RemoveAsync(group.Id, context.Route("fileId"));
        await context.AnswerDeletedAsync();
    }

    private WorkflowGroup Group(HttpContext context)
    {
        var token = Callers.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        callers.Member(token, group);
        return group;
    }

    private static MultipartReader Form(HttpContext context)
    {
        var isForm = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= LongestBoundary
            ? new MultipartReader(boundary, context.Request.Body)
            : throw FlowServException.Malformed("the request must be a form with a file");
    }

    private async Task<GroupUpload> TakeAsync(MultipartReader form, WorkflowGroup group, CancellationToken cancellationToken)
    {
        try
        {
            while (await form.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (part.GetContentDispositionHeader() is not { } header || HeaderUtilities.RemoveQuotes(header.Name).Value is not ("file" or "files")) continue;
                var name = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).ToString();
                if (name.Length == 0) throw FlowServException.Malformed("empty file name");
                return await uploads.AddAsync(group, name, part.Body, settings.UploadLimit, cancellationToken);
            }
        }
        catch (Exception broken) when (broken is IOException and not BadHttpRequestException or InvalidDataException)
        {
            throw FlowServException.Malformed("the form cannot be read");
        }

        throw FlowServException.Malformed("the form has no file");
    }

    /// <summary>
    /// Python's client sends all of a form before it looks for the answer, and takes a connection that is closed meanwhile for a failure. So the
    /// rest is read and thrown away.
    /// </summary>
    private static async Task ReadAwayAsync(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0 || context.Request.ContentLength is null or > MostReadAway) return;
        await context.Response.CompleteAsync();
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Whoever sent it has heard enough.
        }
    }
}
