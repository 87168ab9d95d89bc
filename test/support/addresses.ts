/** Where the browser tests find the built page. The ports are ones that nothing else is known to use. */

/** The page as `npm start` serves it. */
export const AT_ROOT = new URL('http://127.0.0.1:47613/');

/** A folder of a static host, as on a page of a larger site. */
export const SUB_PATH = '/a/folder/of/a/host/';

/** The same page below a folder. */
export const AT_SUB_PATH = new URL(SUB_PATH, 'http://127.0.0.1:47614/');
