import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { API_ENTRIES } from '../site/api-entries.ts';
import { llmsFiles } from '../site/llms.ts';
import { addSiteMarkdown } from '../site/markdown.ts';
import { SECTIONS } from '../site/pages.ts';
import { REPOSITORY } from '../site/repository.ts';

export default defineConfig({
  title: 'phaser-foresight',
  description: 'Lets Phaser games predict what a character will do next.',
  lang: 'en',
  // Relative to where it is served: the site of a GitHub project is in a folder of its name.
  base: process.env.DOCS_BASE ?? '/phaser-foresight/',
  cleanUrls: false,
  outDir: '.vitepress/dist',
  lastUpdated: false,
  markdown: { config: addSiteMarkdown, theme: { light: 'github-light', dark: 'github-dark' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: [
      ...SECTIONS.map(({ title, pages }) => ({
        text: title,
        items: pages.map((page) => ({ text: page.title, link: `/${page.path}` })),
      })),
      {
        text: 'API',
        items: API_ENTRIES.map(({ name, page }) => ({ text: name, link: `/api/${page}` })),
      },
    ],
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path`, text: 'Edit this page' },
    footer: { message: 'MIT licence' },
  },
  // Phones read the site in portrait; the API pages are long.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  transformPageData(page) {
    // Made from the sources: there is no such file to edit.
    if (page.relativePath.startsWith('api/')) page.frontmatter.editLink = false;
  },
  buildEnd({ srcDir, outDir }) {
    for (const [name, text] of Object.entries(llmsFiles(srcDir)))
      writeFileSync(join(outDir, name), text);
  },
});
