using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Uploads of groups for their runs (Contracts/FlowServ/Contract.md section 4.4).</summary>
internal sealed class UploadEndpoints(FlowServAuthentication authentication, WorkflowGroups groups, GroupUploads uploads, FlowServSettings settings)
{
    private const int MaxBoundaryLength = 256;

    /// <summary>How much of a rejected upload to read, for clients that read the response only after sending everything.</summary>
    private const long MaxDrainedBytes = 512L * 1024 * 1024;

    /// <summary>Stores the first file of a form.</summary>
    public async Task AddAsync(HttpContext context)
    {
        try
        {
            var token = FlowServAuthentication.Token(context);
            var form = Form(context);
            var group = groups.Find(context.Route("userGroupId"));
            authentication.Member(token, group);
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
            var upload = await TakeAsync(context.Caller(), form, group, context.RequestAborted);
            await context.RespondAsync(Mapping.Upload(upload), FlowServJson.Wire.UploadMessage, StatusCodes.Status201Created);
        }
        catch (Exception error) when (!context.Response.HasStarted && FlowServErrors.Translate(error) is { } httpError)
        {
            await context.WriteErrorAsync(httpError);
            await DrainBodyAsync(context);
        }
    }

    /// <summary>The uploads of a group.</summary>
    public Task ListAsync(HttpContext context)
    {
        var group = Group(context);
        return context.RespondAsync(new UploadsMessage([.. uploads.Of(group.Id).Select(Mapping.Upload)]), FlowServJson.Wire.UploadsMessage);
    }

    /// <summary>Deletes an upload.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var group = Group(context);
        await uploads.RemoveAsync(context.Caller(), group, context.Route("fileId"));
        await context.RespondNoContentAsync();
    }

    private WorkflowGroup Group(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        authentication.Member(token, group);
        return group;
    }

    private static MultipartReader Form(HttpContext context)
    {
        var isForm = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= MaxBoundaryLength
            ? new MultipartReader(boundary, context.Request.Body)
            : throw FlowServException.Malformed("the request must be a multipart form with a file");
    }

    private async Task<GroupUpload> TakeAsync(Caller caller, MultipartReader form, WorkflowGroup group, CancellationToken cancellationToken)
    {
        try
        {
            while (await form.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (part.GetContentDispositionHeader() is not { } header || HeaderUtilities.RemoveQuotes(header.Name).Value is not ("file" or "files")) continue;
                var name = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).ToString();
                if (name.Length == 0) throw FlowServException.Malformed("empty file name");
                return await uploads.AddAsync(caller, group, name, part.Body, settings.UploadLimit, cancellationToken);
            }
        }
        catch (Exception broken) when (broken is IOException and not BadHttpRequestException or InvalidDataException)
        {
            throw FlowServException.Malformed("the form cannot be read");
        }

        throw FlowServException.Malformed("the form has no file");
    }

    /// <summary>
    /// The Python client sends the whole form before it reads the response, and treats a connection that closes before that as a failure. So the rest
    /// is read and discarded.
    /// </summary>
    private static async Task DrainBodyAsync(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0 || context.Request.ContentLength is null or > MaxDrainedBytes) return;
        await context.Response.CompleteAsync();
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client has disconnected.
        }
    }
}
