import './start-page.tsx';
import './frame/frame.css';
import { App } from './frame/app.tsx';
import { startPage } from './start-page.tsx';

await startPage(<App />);
