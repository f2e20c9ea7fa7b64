namespace DreamPlatform.Web.Site.Operate;

/// <summary>The words of the pages for operators.</summary>
public sealed class OperateText;
