<?xml version="1.0" encoding="utf-8"?>
<!-- Turns the elements of a page into one text in which characters that no page may hold mark what begins and ends:
     see marks.py. It reads nothing but the page and writes nothing but that text. -->
<!DOCTYPE xsl:stylesheet [
  <!ENTITY token "&#xFDD0;">
  <!ENTITY field "&#xFDD1;">
  <!ENTITY text "&#xFDD2;">
  <!ENTITY table "&#xFDD3;">
  <!ENTITY head "&#xFDD4;">
  <!ENTITY foot "&#xFDD5;">
  <!ENTITY group "&#xFDD6;">
  <!ENTITY row "&#xFDD7;">
  <!ENTITY row-end "&#xFDD8;">
  <!ENTITY cell "&#xFDD9;">
  <!ENTITY cell-end "&#xFDDA;">
  <!ENTITY line "&#xFDDB;">
]>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:saxon="http://icl.com/saxon">
  <xsl:output method="text"/>
  <xsl:param name="whole" select="false()"/>

  <!-- Anything else is words. Their line is told because the tags between them may go over several lines. -->
  <xsl:template match="*">&token;n<xsl:value-of select="saxon:line-number()"/>&text;<xsl:apply-templates/></xsl:template>

  <!-- Not shown; only the lines in it count. -->
  <xsl:template match="script|style|noscript|template|title|svg|math|select|button|canvas|audio|video|map|datalist|xml|del|rt|rp|hidden-part">&token;!<xsl:value-of select="saxon:line-number()"/>&field;<xsl:value-of select="."/>&text;</xsl:template>
  <xsl:template match="comment()|processing-instruction()">
    <xsl:if test="contains(., '&#10;')">&token;!&field;<xsl:value-of select="."/>&text;</xsl:if>
  </xsl:template>
  <xsl:template match="hidden-table">&token;h<xsl:value-of select="saxon:line-number()"/>&field;<xsl:value-of select="."/>&text;</xsl:template>

  <!-- Boxes. -->
  <xsl:template match="html|body|div|section|article|main|aside|nav|header|footer|form|fieldset|center|caption|dl|blockquote|details|figure">&token;b<xsl:value-of select="concat(saxon:line-number(), '&field;', name(), '&field;', @class, ' ', @id, ' ', @role)"/>&text;<xsl:apply-templates/>&token;B&text;</xsl:template>

  <!-- Lines. -->
  <xsl:template match="p|address|dd|dt|dialog|dir|figcaption|h1|h2|h3|h4|h5|h6|hgroup|hr|legend|menu|option|summary|search">&token;p<xsl:value-of select="saxon:line-number()"/>&text;<xsl:apply-templates/>&token;P&text;</xsl:template>
  <xsl:template match="br">&token;/<xsl:value-of select="saxon:line-number()"/>&text;</xsl:template>
  <xsl:template match="pre|listing|xmp">&token;q<xsl:value-of select="saxon:line-number()"/>&text;<xsl:apply-templates/>&token;Q&text;</xsl:template>

  <!-- Lists. -->
  <xsl:template match="ul">&token;u<xsl:value-of select="concat(saxon:line-number(), '&field;', name(), '&field;', @class, ' ', @id, ' ', @role)"/>&text;<xsl:apply-templates/>&token;U&text;</xsl:template>
  <xsl:template match="ol">&token;o<xsl:value-of select="concat(saxon:line-number(), '&field;', name(), '&field;', @class, ' ', @id, ' ', @role, '&field;', @type, '&field;', @start, '&field;')"/><xsl:if test="@reversed"><xsl:value-of select="count(li)"/></xsl:if><xsl:value-of select="concat('&field;', @style, '&field;', @class)"/>&text;<xsl:apply-templates/>&token;U&text;</xsl:template>
  <xsl:template match="ul/li">&token;i<xsl:value-of select="saxon:line-number()"/>&text;<xsl:apply-templates/>&token;I&text;</xsl:template>
  <xsl:template match="li">&token;i<xsl:value-of select="concat(saxon:line-number(), '&field;', @value, '&field;', @style, '&field;', @class)"/>&text;<xsl:apply-templates/>&token;I&text;</xsl:template>

  <!-- In lines. -->
  <xsl:template match="a[@href]">&token;a<xsl:value-of select="concat(saxon:line-number(), '&field;', @href)"/>&text;<xsl:apply-templates/>&token;A&text;</xsl:template>
  <xsl:template match="sup">&token;s<xsl:value-of select="saxon:line-number()"/>&text;<xsl:apply-templates/>&token;S&text;</xsl:template>
  <xsl:template match="input">&token;v<xsl:value-of select="concat(saxon:line-number(), '&field;', @type, '&field;', @value)"/>&text;</xsl:template>
  <xsl:template match="img">&token;m<xsl:value-of select="concat(saxon:line-number(), '&field;', @src, '&field;', @alt, '&field;', @width, '&field;', @height, '&field;', @style)"/>&text;<xsl:apply-templates/></xsl:template>
  <xsl:template match="iframe|frame|embed|object|applet">&token;f<xsl:value-of select="concat(saxon:line-number(), '&field;', @src, '&field;', @data, '&field;', @width, '&field;', @height)"/>&text;</xsl:template>

  <!-- Tables. One that may hold data is first told only by the words of its cells; `whole` asks for all of it. -->
  <xsl:template match="table">
    <xsl:choose>
      <xsl:when test="$whole or .//table or not(.//tr/*[2])">&token;t<xsl:value-of select="concat(saxon:line-number(), '&field;', @class, ' ', @id, ' ', @role)"/>&text;<xsl:apply-templates/>&token;T&text;</xsl:when>
      <xsl:otherwise>&table;<xsl:value-of select="@number"/>&text;<xsl:apply-templates mode="words"/>&table;</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="thead|tbody|tfoot">&token;g<xsl:value-of select="name()"/>&text;<xsl:apply-templates/>&token;G&text;</xsl:template>
  <xsl:template match="tr">&token;r<xsl:value-of select="concat(saxon:line-number(), '&field;', @class, ' ', @id, ' ', @role)"/>&text;<xsl:apply-templates/>&token;R&text;</xsl:template>
  <xsl:template match="td|th">&token;c<xsl:value-of select="concat(saxon:line-number(), '&field;', @class, ' ', @id, ' ', @role, '&field;', @rowspan, '&field;', @colspan)"/>&text;<xsl:apply-templates/>&token;C&text;</xsl:template>

  <xsl:template mode="words" match="thead">&head;<xsl:apply-templates mode="words"/>&group;</xsl:template>
  <xsl:template mode="words" match="tfoot">&foot;<xsl:apply-templates mode="words"/>&group;</xsl:template>
  <xsl:template mode="words" match="tbody">&group;<xsl:apply-templates mode="words"/>&group;</xsl:template>
  <xsl:template mode="words" match="tr">&row;<xsl:if test="*/@rowspan or */@colspan">&field;</xsl:if><xsl:apply-templates mode="words"/>&row-end;</xsl:template>
  <xsl:template mode="words" match="tr/td|tr/th">&cell;<xsl:apply-templates mode="words"/>&cell-end;</xsl:template>
  <xsl:template mode="words" match="p|address|dd|dt|dialog|dir|figcaption|h1|h2|h3|h4|h5|h6|hgroup|hr|legend|menu|option|summary|search|div|section|article|main|aside|nav|header|footer|form|fieldset|center|dl|blockquote|details|figure">&line;<xsl:apply-templates mode="words"/>&line;</xsl:template>
  <xsl:template mode="words" match="br">&line;</xsl:template>
  <xsl:template mode="words" match="script|style|noscript|template|title|svg|math|select|button|canvas|audio|video|map|datalist|xml|del|rt|rp|hidden-part"/>
  <xsl:template mode="words" match="comment()"><xsl:if test="contains(., '&#10;')">&token;</xsl:if></xsl:template>
  <xsl:template mode="words" match="td|th|caption|pre|listing|xmp|ul|ol|li|a[@href]|sup|input|img|iframe|frame|embed|object|applet|hidden-table">&token;</xsl:template>
</xsl:stylesheet>
